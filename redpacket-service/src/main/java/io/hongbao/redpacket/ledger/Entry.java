package io.hongbao.redpacket.ledger;

import io.hongbao.redpacket.ledger.LedgerMapper.EntryRow;
import io.hongbao.redpacket.ledger.LedgerMapper.TransferRow;
import org.jspecify.annotations.Nullable;

/// What a transfer did to one account.
public record Entry(Account account, EntryRow row, TransferRow transfer) {

  /// As the account's user sees it.
  WalletEntry wire() {
    return new WalletEntry(
        transfer.transferId(),
        transfer.code(),
        row.delta(),
        row.balanceAfter(),
        transfer.packetId(),
        transfer.createdAt());
  }

  /// An entry of a wallet on the wire.
  ///
  /// @param amountFen signed: negative where the balance fell
  public record WalletEntry(
      long entryId,
      TransferCode kind,
      long amountFen,
      long balanceFen,
      @Nullable Long packetId,
      long createdAt) {}
}

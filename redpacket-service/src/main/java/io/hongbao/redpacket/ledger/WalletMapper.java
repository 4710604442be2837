package io.hongbao.redpacket.ledger;

import io.hongbao.redpacket.ledger.Entry.WalletEntry;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/// What users read of their accounts.
public interface WalletMapper {

  /// Null where the user has never had anything.
  @Select(
      """
      SELECT balance FROM wallet_account WHERE kind = 'USER_WALLET' AND owner_id = #{userId}
      """)
  @Nullable Long balance(@Param("userId") long userId);

  @Select(
      """
      SELECT e.version, t.transfer_id, t.code, e.delta, e.balance_after, t.packet_id, t.created_at
      FROM wallet_account AS a
      JOIN ledger_entry AS e ON e.account_id = a.account_id
      JOIN ledger_transfer AS t ON t.transfer_id = e.transfer_id
      WHERE a.kind = 'USER_WALLET' AND a.owner_id = #{userId} AND e.version < #{before}
      ORDER BY e.version DESC
      LIMIT #{limit}
      """)
  List<EntryOfWallet> entries(
      @Param("userId") long userId, @Param("before") long before, @Param("limit") int limit);

  record EntryOfWallet(
      long version,
      long transferId,
      TransferCode code,
      long delta,
      long balanceAfter,
      @Nullable Long packetId,
      long createdAt) {

    WalletEntry wire() {
      return new WalletEntry(transferId, code, delta, balanceAfter, packetId, createdAt);
    }
  }
}

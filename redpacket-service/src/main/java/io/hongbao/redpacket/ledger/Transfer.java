package io.hongbao.redpacket.ledger;

import org.jspecify.annotations.Nullable;

/// A movement of money as it is asked for: from one account to another, once for its key.
///
/// @param key up to 96 ASCII characters; the same key is the same movement for ever
public record Transfer(
    String key,
    TransferCode code,
    Account debit,
    Account credit,
    long amountFen,
    @Nullable Long packetId) {

  public Transfer {
    if (amountFen <= 0) {
      throw new IllegalArgumentException("a transfer of " + amountFen + " fen");
    }
  }

  /// What a payment gateway has taken in for a user.
  static Transfer topup(String gateway, long topupId, long userId, long amountFen) {
    return new Transfer(
        "psp:" + gateway + ":" + topupId,
        TransferCode.TOPUP,
        Account.clearing(userId),
        Account.wallet(userId),
        amountFen,
        null);
  }

  /// What a sender puts into a packet.
  public static Transfer fund(long packetId, long senderId, long amountFen) {
    return new Transfer(
        "rp:f:" + packetId,
        TransferCode.REDPACKET_SENT,
        Account.wallet(senderId),
        Account.escrow(packetId),
        amountFen,
        packetId);
  }

  /// What a receiver has opened.
  public static Transfer settle(long packetId, long userId, long amountFen) {
    return new Transfer(
        "rp:s:" + packetId + ":" + userId,
        TransferCode.REDPACKET_RECEIVED,
        Account.escrow(packetId),
        Account.wallet(userId),
        amountFen,
        packetId);
  }

  /// What nobody has opened.
  public static Transfer refund(long packetId, long senderId, long amountFen) {
    return new Transfer(
        "rp:r:" + packetId,
        TransferCode.REDPACKET_REFUND,
        Account.escrow(packetId),
        Account.wallet(senderId),
        amountFen,
        packetId);
  }
}

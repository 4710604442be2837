package io.hongbao.redpacket.ledger;

/// Whose account, told by kind and owner: it is opened when the first transfer names it.
public record Account(AccountKind kind, long ownerId) {

  /// Over how many rows the gateway's side is spread, so that top-ups do not wait for one another.
  static final int CLEARING_ACCOUNTS = 16;

  public static Account wallet(long userId) {
    return new Account(AccountKind.USER_WALLET, userId);
  }

  public static Account escrow(long packetId) {
    return new Account(AccountKind.PACKET_ESCROW, packetId);
  }

  public static Account clearing(long userId) {
    return new Account(AccountKind.PSP_CLEARING, Math.floorMod(userId, CLEARING_ACCOUNTS));
  }

  /// Whether it may owe.
  boolean mayBeNegative() {
    return kind == AccountKind.PSP_CLEARING;
  }
}

package io.hongbao.redpacket.ledger;

/// What an account holds.
public enum AccountKind {
  /// What a user owns; the owner is the user.
  USER_WALLET,
  /// What a packet holds until it is opened or goes back; the owner is the packet. One account a
  /// packet: a common one would be a row that every packet waits for.
  PACKET_ESCROW,
  /// What the payment gateway owes; negative by what it has paid in. The owner is a number below
  /// [Account#CLEARING_ACCOUNTS].
  PSP_CLEARING
}

package io.hongbao.redpacket.packet;

/// What a packet's writer decides.
public sealed interface PacketCommand {

  /// Takes a place. Refusals, first that applies (a user who has a place is answered whatever
  /// else): `not_found`, `not_a_member`, `not_recipient`, `group_dissolved`, `unavailable`.
  ///
  /// @param ticketEpoch which filling the ticket that the user holds is of; 0 without one
  record Grab(long userId, int ticketEpoch) implements PacketCommand {}

  /// Turns a place into an amount. Refusals: `not_found`, `not_grabbed`, `unavailable`.
  record Open(long userId) implements PacketCommand {}

  /// Fills the tickets in Redis anew.
  record Load() implements PacketCommand {}

  /// Notes that its time is over, if it is.
  record Expire() implements PacketCommand {}
}

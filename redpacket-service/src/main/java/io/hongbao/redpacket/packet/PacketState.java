package io.hongbao.redpacket.packet;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Where a packet is in its life. It goes PAID → ACTIVE → EXHAUSTED → FINISHED → CLOSED; from the
/// first three to EXPIRED → REFUNDED when its time is over; and from PAID to CANCELLED where the
/// group's log refuses its entry. There are no other ways.
public enum PacketState {
  /// The money is in escrow; the entry in the group's log is still to be written.
  PAID,
  ACTIVE,
  /// Every place is taken.
  EXHAUSTED,
  /// Every share is opened.
  FINISHED,
  /// Every share is booked: nothing is left in escrow.
  CLOSED,
  /// What nobody opened is to go back.
  EXPIRED,
  /// It has.
  REFUNDED,
  /// It never was in the log, and all of it went back.
  CANCELLED;

  /// Whether places may still be opened, as far as the clock agrees.
  public boolean isLiving() {
    return switch (this) {
      case PAID, ACTIVE, EXHAUSTED -> true;
      case FINISHED, CLOSED, EXPIRED, REFUNDED, CANCELLED -> false;
    };
  }

  /// What clients are told.
  enum Status {
    ACTIVE,
    EXHAUSTED,
    EXPIRED,
    REFUNDED;

    @JsonValue
    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Status status() {
    return switch (this) {
      case PAID, ACTIVE -> Status.ACTIVE;
      case EXHAUSTED, FINISHED, CLOSED -> Status.EXHAUSTED;
      case EXPIRED -> Status.EXPIRED;
      case REFUNDED, CANCELLED -> Status.REFUNDED;
    };
  }
}

package io.hongbao.redpacket.packet;

import org.jspecify.annotations.Nullable;

/// A place that a user has taken: a row of `red_packet_record`.
///
/// @param seq the place, from 0
public record RecordRow(
    long packetId,
    long userId,
    int seq,
    @Nullable Long amount,
    RecordState state,
    long grabbedAt,
    @Nullable Long openedAt,
    @Nullable Long settledAt) {

  /// GRABBED → OPENED → SETTLED, or GRABBED → LAPSED.
  public enum RecordState {
    GRABBED,
    OPENED,
    /// It is in the wallet.
    SETTLED,
    /// The packet's time was over before it was opened.
    LAPSED
  }

  static RecordRow grabbed(long packetId, long userId, int seq, long now) {
    return new RecordRow(packetId, userId, seq, null, RecordState.GRABBED, now, null, null);
  }

  RecordRow opened(long amountFen, long now) {
    return new RecordRow(
        packetId, userId, seq, amountFen, RecordState.OPENED, grabbedAt, now, null);
  }

  RecordRow lapsed() {
    return new RecordRow(packetId, userId, seq, null, RecordState.LAPSED, grabbedAt, null, null);
  }
}

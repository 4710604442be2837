package io.hongbao.redpacket.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a batch of one packet's commands, once it is committed.
///
/// @param verdicts in the order of the commands
/// @param row the packet as it was locked, null where there is none
/// @param after the packet as it is now
/// @param openers who has opened by this batch, in order
/// @param takers who has a place, where no more are to be had and somebody asked for one
/// @param load how the tickets are to be filled, where that was asked for
/// @param tasks whether there is something new in the outbox
record Batch(
    List<Verdict> verdicts,
    @Nullable PacketRow row,
    PacketMapper.@Nullable Progress after,
    List<Long> openers,
    @Nullable List<Long> takers,
    @Nullable Load load,
    boolean tasks) {

  /// @param takers who has a place already
  record Load(int epoch, int tickets, List<Long> takers) {}

  /// Whether every place is taken.
  boolean isEmpty() {
    return row != null && after != null && after.taken() == row.shareCount();
  }

  static Batch ofNothing(int commands) {
    return new Batch(
        java.util.Collections.nCopies(commands, ClaimRules.NOT_FOUND),
        null,
        null,
        List.of(),
        null,
        null,
        false);
  }
}

package io.hongbao.redpacket.packet;

import io.hongbao.redpacket.packet.ShareRule.SplitTime;
import io.hongbao.redpacket.packet.ShareRule.Strategy;
import org.jspecify.annotations.Nullable;

/// A row of `red_packet`.
public record PacketRow(
    long packetId,
    long senderId,
    long groupId,
    PacketKind kind,
    SplitTime split,
    Strategy strategy,
    long shareMax,
    @Nullable Long recipientId,
    String greeting,
    long totalAmount,
    int shareCount,
    int taken,
    int opened,
    int settled,
    long openedAmount,
    long refundAmount,
    @Nullable Long bestUser,
    long bestAmount,
    PacketState state,
    int loadEpoch,
    long messageId,
    @Nullable Long entrySeq,
    long createdAt,
    long expireAt,
    @Nullable Long finishedAt,
    @Nullable Long finishedBy,
    @Nullable Long frozenAt) {

  public ShareRule rule() {
    return new ShareRule(split, strategy, shareMax);
  }

  public boolean isFrozen() {
    return frozenAt != null;
  }

  /// Whether its time is over and nobody has noted it yet.
  public boolean isDue(long now) {
    return state.isLiving() && now >= expireAt;
  }

  PacketState.Status statusAt(long now) {
    return isDue(now) ? PacketState.Status.EXPIRED : state.status();
  }

  boolean isFinished() {
    return state == PacketState.FINISHED || state == PacketState.CLOSED;
  }
}

package io.hongbao.redpacket.packet;

import io.hongbao.redpacket.packet.RecordRow.RecordState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reply to `redpacket.get`, as the protocol has it.
record PacketBody(
    Packet packet, @Nullable Claim mine, List<Claim> claims, @Nullable String nextCursor) {

  record Packet(
      long packetId,
      long groupId,
      long senderId,
      PacketKind kind,
      long totalFen,
      int count,
      int claimedCount,
      int openedCount,
      long openedFen,
      String greeting,
      PacketState.Status status,
      long createdAt,
      long expiresAt,
      @Nullable Long recipientId) {

    static Packet of(PacketRow row, long now) {
      return new Packet(
          row.packetId(),
          row.groupId(),
          row.senderId(),
          row.kind(),
          row.totalAmount(),
          row.shareCount(),
          row.taken(),
          row.opened(),
          row.openedAmount(),
          row.greeting(),
          row.statusAt(now),
          row.createdAt(),
          row.expireAt(),
          row.recipientId());
    }
  }

  /// @param best only with the best one of a finished packet
  record Claim(
      long userId,
      @Nullable Long amountFen,
      long grabbedAt,
      @Nullable Long openedAt,
      @Nullable Boolean best) {

    static Claim of(RecordRow record, PacketRow row, boolean withAmount) {
      boolean opened =
          record.state() == RecordState.OPENED || record.state() == RecordState.SETTLED;
      Long bestUser = row.bestUser();
      boolean best = row.isFinished() && bestUser != null && bestUser == record.userId();
      return new Claim(
          record.userId(),
          opened && withAmount ? record.amount() : null,
          record.grabbedAt(),
          record.openedAt(),
          best ? Boolean.TRUE : null);
    }
  }
}

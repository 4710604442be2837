package io.hongbao.redpacket.packet;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hongbao.common.contract.GroupLog.Kind;
import io.hongbao.common.contract.GroupLog.NewEntry;
import io.hongbao.common.wire.Json;
import org.jspecify.annotations.Nullable;

/// A packet's entries in its group's log. Their keys make each of them one entry, however often it
/// is asked for.
public final class Entries {

  private Entries() {}

  record PacketContent(long packetId, PacketKind kind, int count, String greeting) {}

  record FinishedContent(String kind, long actorId, long packetId, @Nullable Long bestUserId) {}

  public static NewEntry packet(PacketRow packet) {
    return new NewEntry(
        Kind.PACKET,
        packet.groupId(),
        packet.messageId(),
        packet.senderId(),
        "redpacket:" + packet.packetId(),
        json(
            new PacketContent(
                packet.packetId(), packet.kind(), packet.shareCount(), packet.greeting())));
  }

  /// Its actor is who opened the last share.
  ///
  /// @param messageId a new one
  public static NewEntry finished(PacketRow packet, long messageId) {
    Long finishedBy = packet.finishedBy();
    long actorId = finishedBy == null ? packet.senderId() : finishedBy;
    return new NewEntry(
        Kind.ANNOUNCEMENT,
        packet.groupId(),
        messageId,
        actorId,
        "redpacket_finished:" + packet.packetId(),
        json(
            new FinishedContent(
                "redpacket_finished", actorId, packet.packetId(), packet.bestUser())));
  }

  private static String json(Object content) {
    try {
      return Json.mapper().writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON", e);
    }
  }
}

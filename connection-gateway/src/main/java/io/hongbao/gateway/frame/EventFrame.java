package io.hongbao.gateway.frame;

import io.hongbao.common.contract.Frames;
import io.hongbao.common.wire.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// Events as frames: those of the services as they come, and the gateway's own two.
public final class EventFrame {

  private EventFrame() {}

  /// A service's event, which is a whole JSON object already.
  public static ByteBuf of(ByteBufAllocator allocator, byte[] event) {
    return WireFrame.text(allocator, event);
  }

  /// Several events as frames one behind the other, in one buffer.
  public static ByteBuf of(ByteBufAllocator allocator, Frames events) {
    ByteBuf out = allocator.directBuffer(bytes(events, events.count()));
    for (int i = 0; i < events.count(); i++) {
      int start = events.start(i);
      int length = events.ends()[i] - start;
      WireFrame.writeTextHeader(out, length);
      out.writeBytes(events.bytes(), start, length);
    }
    return out;
  }

  /// How long the first `count` events are as frames.
  public static int bytes(Frames events, int count) {
    int bytes = 0;
    for (int i = 0; i < count; i++) {
      int length = events.ends()[i] - events.start(i);
      bytes += WireFrame.headerBytes(length) + length;
    }
    return bytes;
  }

  /// Live events of a group were left out: read the log on.
  public static ByteBuf resync(ByteBufAllocator allocator, long groupId, long lastSeq) {
    return event(allocator, "resync", new Resync(groupId, lastSeq));
  }

  /// This node is leaving: open a new connection after `afterMs`.
  public static ByteBuf reconnect(ByteBufAllocator allocator, String reason, long afterMs) {
    return event(allocator, "reconnect", new Reconnect(reason, afterMs));
  }

  private static ByteBuf event(ByteBufAllocator allocator, String name, Object data) {
    return WireFrame.text(allocator, Json.bytes(new Event(name, data)));
  }

  record Event(String event, Object data) {}

  record Resync(long groupId, long lastSeq) {}

  record Reconnect(String reason, long afterMs) {}
}

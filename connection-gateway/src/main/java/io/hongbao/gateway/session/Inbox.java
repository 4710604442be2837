package io.hongbao.gateway.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A session's messages that came but are not taken up: the parts of one that comes in several
/// frames, and whole ones that wait for their turn, in order. Holds nothing while idle.
final class Inbox {

  private byte @Nullable [] parts;
  private int partsSize;
  private @Nullable ArrayDeque<byte[]> waiting;
  private int waitingBytes;

  /// The message that a text or continuation frame completes, or null where more is to come.
  ///
  /// @throws MessageTooLargeException where the message is larger than `bytesMax`
  byte @Nullable [] complete(WebSocketFrame frame, int bytesMax) {
    ByteBuf content = frame.content();
    if (content.readableBytes() > bytesMax - partsSize) {
      throw new MessageTooLargeException();
    }
    if (parts == null && frame.isFinalFragment()) {
      return ByteBufUtil.getBytes(content);
    }
    append(content, bytesMax);
    if (!frame.isFinalFragment() || parts == null) {
      return null;
    }
    byte[] message = Arrays.copyOf(parts, partsSize);
    parts = null;
    partsSize = 0;
    return message;
  }

  void add(byte[] message) {
    if (waiting == null) {
      waiting = new ArrayDeque<>();
    }
    waiting.add(message);
    waitingBytes += message.length;
  }

  /// The message whose turn it is.
  byte @Nullable [] poll() {
    if (waiting == null) {
      return null;
    }
    byte[] message = waiting.poll();
    if (message != null) {
      waitingBytes -= message.length;
    }
    if (waiting.isEmpty()) {
      waiting = null;
    }
    return message;
  }

  boolean isEmpty() {
    return waiting == null;
  }

  int size() {
    return waiting == null ? 0 : waiting.size();
  }

  int waitingBytes() {
    return waitingBytes;
  }

  void clear() {
    parts = null;
    partsSize = 0;
    waiting = null;
    waitingBytes = 0;
  }

  private void append(ByteBuf content, int bytesMax) {
    int length = content.readableBytes();
    byte[] room = parts == null ? new byte[Math.max(256, length)] : parts;
    if (partsSize + length > room.length) {
      room = Arrays.copyOf(room, Math.clamp(room.length * 2L, partsSize + length, bytesMax));
    }
    content.getBytes(content.readerIndex(), room, partsSize, length);
    parts = room;
    partsSize += length;
  }

  static final class MessageTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MessageTooLargeException() {
      super("message too large", null, false, false);
    }
  }
}

package io.hongbao.gateway.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/// Server-to-client WebSocket frames as bytes (RFC 6455 section 5.2; a server never masks).
///
/// The gateway writes bytes, not frame objects: the bytes of an event are made once and shared by
/// all who get them, and what is written needs no encoder in each connection's pipeline. All
/// methods are pure; a buffer that is returned belongs to the caller.
public final class WireFrame {

  public static final int HEADER_BYTES_MAX = 10;

  private static final int FINAL_TEXT = 0x81;
  private static final int FINAL_BINARY = 0x82;
  private static final int FINAL_CLOSE = 0x88;
  private static final int FINAL_PING = 0x89;
  private static final int FINAL_PONG = 0x8A;
  private static final int COMPRESSED = 0x40;
  private static final int REASON_BYTES_MAX = 123;

  private WireFrame() {}

  public static int headerBytes(int payloadBytes) {
    if (payloadBytes < 126) {
      return 2;
    }
    return payloadBytes <= 0xFFFF ? 4 : HEADER_BYTES_MAX;
  }

  /// A whole text message's header; the payload follows.
  public static void writeTextHeader(ByteBuf out, int payloadBytes) {
    writeHeader(out, FINAL_TEXT, payloadBytes);
  }

  public static ByteBuf text(ByteBufAllocator allocator, byte[] payload) {
    return frame(allocator, FINAL_TEXT, payload, 0, payload.length);
  }

  /// A text message whose payload is permessage-deflate's (RFC 7692).
  public static ByteBuf compressedText(
      ByteBufAllocator allocator, byte[] deflated, int offset, int length) {
    return frame(allocator, FINAL_TEXT | COMPRESSED, deflated, offset, length);
  }

  public static ByteBuf binary(ByteBufAllocator allocator, byte[] payload) {
    return frame(allocator, FINAL_BINARY, payload, 0, payload.length);
  }

  public static ByteBuf ping(ByteBufAllocator allocator) {
    return frame(allocator, FINAL_PING, new byte[0], 0, 0);
  }

  public static ByteBuf pong(ByteBufAllocator allocator, ByteBuf payload) {
    return frame(allocator, FINAL_PONG, ByteBufUtil.getBytes(payload), 0, payload.readableBytes());
  }

  /// @param reason ASCII, at most 123 bytes
  public static ByteBuf close(ByteBufAllocator allocator, int status, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
    if (text.length > REASON_BYTES_MAX) {
      throw new IllegalArgumentException("close reason too long: " + text.length);
    }
    ByteBuf out = allocator.directBuffer(2 + 2 + text.length);
    writeHeader(out, FINAL_CLOSE, 2 + text.length);
    return out.writeShort(status).writeBytes(text);
  }

  /// The answer to a close frame that had no status.
  public static ByteBuf emptyClose(ByteBufAllocator allocator) {
    return frame(allocator, FINAL_CLOSE, new byte[0], 0, 0);
  }

  private static ByteBuf frame(
      ByteBufAllocator allocator, int firstByte, byte[] payload, int offset, int length) {
    ByteBuf out = allocator.directBuffer(headerBytes(length) + length);
    writeHeader(out, firstByte, length);
    return out.writeBytes(payload, offset, length);
  }

  private static void writeHeader(ByteBuf out, int firstByte, int payloadBytes) {
    out.writeByte(firstByte);
    if (payloadBytes < 126) {
      out.writeByte(payloadBytes);
    } else if (payloadBytes <= 0xFFFF) {
      out.writeByte(126).writeShort(payloadBytes);
    } else {
      out.writeByte(127).writeLong(payloadBytes);
    }
  }
}

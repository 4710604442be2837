package io.hongbao.gateway.session;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// A text message that comes in several frames.
final class Fragments {

  private byte[] bytes = new byte[256];
  private int size;

  /// @return false where the message is larger than `bytesMax`
  boolean add(ByteBuf part, int bytesMax) {
    int length = part.readableBytes();
    if (length > bytesMax - size) {
      return false;
    }
    if (size + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.clamp(bytes.length * 2L, size + length, bytesMax));
    }
    part.readBytes(bytes, size, length);
    size += length;
    return true;
  }

  byte[] message() {
    return Arrays.copyOf(bytes, size);
  }
}

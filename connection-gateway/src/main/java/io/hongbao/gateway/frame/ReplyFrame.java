package io.hongbao.gateway.frame;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.TraceId;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.wire.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// Replies as frames: the service's bytes with the request's id before them.
///
/// One for each event loop, which alone may use it: connections that negotiated permessage-deflate
/// share its one compressor, and each message is compressed by itself, so that no connection keeps
/// a window of its own (some 256 KiB). A receiver needs no notice of that.
public final class ReplyFrame {

  /// Replies below this many bytes go uncompressed: little is won and much time lost.
  public static final int COMPRESSED_BYTES_MIN = 1_024;

  private static final int LEVEL = 4;

  /// Each message ends with an empty stored block whose last four bytes are left out (RFC 7692,
  /// section 7.2.1).
  private static final int TAIL_BYTES = 4;

  private static final byte[] ID = ascii("{\"id\":");
  private static final byte[] DATA = ascii(",\"data\":");
  private static final byte[] ERROR = ascii(",\"error\":");

  private final ByteBufAllocator allocator;
  private final Deflater deflater = new Deflater(LEVEL, true);

  public ReplyFrame(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /// @param compress whether the connection negotiated permessage-deflate
  public ByteBuf of(long id, TraceId trace, Reply reply, boolean compress) {
    return switch (reply) {
      case Reply.Success success -> splice(id, DATA, success.data(), compress);
      case Reply.Failure failure ->
          splice(id, ERROR, Json.bytes(ErrorBody.of(failure.refusal(), trace)), compress);
    };
  }

  /// Frees the compressor's native memory.
  public void close() {
    deflater.end();
  }

  private ByteBuf splice(long id, byte[] name, byte[] value, boolean compress) {
    byte[] digits = ascii(Long.toString(id));
    int length = ID.length + digits.length + name.length + value.length + 1;
    if (compress && length >= COMPRESSED_BYTES_MIN) {
      return compressed(id, name, value, length);
    }
    ByteBuf out = allocator.directBuffer(WireFrame.headerBytes(length) + length);
    WireFrame.writeTextHeader(out, length);
    return out.writeBytes(ID).writeBytes(digits).writeBytes(name).writeBytes(value).writeByte('}');
  }

  private ByteBuf compressed(long id, byte[] name, byte[] value, int length) {
    deflater.reset();
    // incompressible input grows by a few bytes for each 16 KiB
    byte[] out = new byte[length + length / 1_000 + 64];
    int size = deflate(ID, out, 0, Deflater.NO_FLUSH);
    size += deflate(ascii(Long.toString(id)), out, size, Deflater.NO_FLUSH);
    size += deflate(name, out, size, Deflater.NO_FLUSH);
    size += deflate(value, out, size, Deflater.NO_FLUSH);
    size += deflate(new byte[] {'}'}, out, size, Deflater.SYNC_FLUSH);
    return WireFrame.compressedText(allocator, out, 0, size - TAIL_BYTES);
  }

  private int deflate(byte[] in, byte[] out, int offset, int flush) {
    deflater.setInput(in);
    return deflater.deflate(out, offset, out.length - offset, flush);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  record ErrorBody(
      String code,
      String message,
      @Nullable String field,
      @Nullable Long retryAfterMs,
      @Nullable Long untilAt,
      String traceId) {
    static ErrorBody of(Refusal refusal, TraceId trace) {
      return new ErrorBody(
          refusal.code().wireName(),
          refusal.message(),
          refusal.field(),
          refusal.retryAfterMs(),
          refusal.untilAt(),
          trace.toString());
    }
  }
}

package io.hongbao.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One client connection of the load generator: cheap, since it shares the machine with the server.
///
/// It steps over frame headers and tells events, which it counts, from replies by their third byte
/// (`{"event"…` or `{"id"…`); only a watched connection looks into the payload.
final class LoadConnection extends ChannelInboundHandlerAdapter {

  private static final int HEADER_BYTES_MAX = 4;
  private static final int EVENT_MARK_OFFSET = 2;

  private final LoadGenerator generator;
  private final int group;
  private final int member;
  private final boolean watched;
  private @Nullable Channel channel;
  private @Nullable ByteBuf partial;
  private boolean upgraded;
  private boolean open;
  private int skip;

  LoadConnection(LoadGenerator generator, int group, int member, boolean watched) {
    this.generator = generator;
    this.group = group;
    this.member = member;
    this.watched = watched;
  }

  int group() {
    return group;
  }

  int member() {
    return member;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    String request =
        "GET "
            + generator.speaker().path(group, member)
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    context.writeAndFlush(
        Unpooled.wrappedBuffer(request.getBytes(StandardCharsets.US_ASCII)), context.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    ByteBuf kept = partial;
    if (kept != null) {
      partial = null;
      in = Unpooled.wrappedBuffer(kept, in);
    }
    try {
      if (!upgraded && !skipHandshake(in)) {
        return;
      }
      frames(in);
    } finally {
      if (in.isReadable()) {
        partial = in.readRetainedSlice(in.readableBytes());
      }
      in.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (partial != null) {
      partial.release();
      partial = null;
    }
    generator.lost();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  /// Sends a text frame, masked with zeros.
  void send(String text) {
    Channel to = channel;
    if (to == null) {
      return;
    }
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuf out = to.alloc().buffer(payload.length + 8);
    out.writeByte(0x81);
    if (payload.length < 126) {
      out.writeByte(0x80 | payload.length);
    } else {
      out.writeByte(0x80 | 126);
      out.writeShort(payload.length);
    }
    out.writeInt(0);
    out.writeBytes(payload);
    to.writeAndFlush(out, to.voidPromise());
  }

  private boolean skipHandshake(ByteBuf in) {
    int end = in.toString(StandardCharsets.US_ASCII).indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    in.skipBytes(end + 4);
    upgraded = true;
    String opening = generator.speaker().opening(group, member);
    if (opening == null) {
      opened();
    } else {
      send(opening);
    }
    return true;
  }

  private void opened() {
    open = true;
    generator.opened();
  }

  private void frames(ByteBuf in) {
    while (in.isReadable()) {
      if (skip > 0) {
        int skipped = Math.min(skip, in.readableBytes());
        in.skipBytes(skipped);
        skip -= skipped;
        continue;
      }
      int available = in.readableBytes();
      int start = in.readerIndex();
      if (available < 2) {
        return;
      }
      int length = in.getByte(start + 1) & 0x7f;
      int header = length < 126 ? 2 : length == 126 ? HEADER_BYTES_MAX : 10;
      if (available < header + EVENT_MARK_OFFSET + 1 && available < header + length) {
        return;
      }
      int size =
          length < 126
              ? length
              : length == 126 ? in.getUnsignedShort(start + 2) : (int) in.getLong(start + 2);
      if (watched && available < header + size) {
        return;
      }
      int opcode = in.getByte(start) & 0x0f;
      if (opcode == 1 && size > EVENT_MARK_OFFSET) {
        frame(in, start + header, size);
      }
      in.skipBytes(header);
      skip = size;
    }
  }

  private void frame(ByteBuf in, int payload, int size) {
    boolean event = in.getByte(payload + EVENT_MARK_OFFSET) == 'e';
    if (!open && !event) {
      opened();
    } else if (event && !watched) {
      generator.delivered();
    } else if (event) {
      // Only watched connections hold whole frames, so these may be read.
      if (in.indexOf(payload, Math.min(payload + 24, payload + size), (byte) ':') > 0
          && isMessage(in, payload)) {
        generator.delivered();
        generator.watchedDelivery(group, in, payload, size);
      }
    }
  }

  /// `{"event":"message"`, not another event.
  private static boolean isMessage(ByteBuf in, int payload) {
    return in.getByte(payload + 10) == 'm' && in.getByte(payload + 11) == 'e';
  }
}

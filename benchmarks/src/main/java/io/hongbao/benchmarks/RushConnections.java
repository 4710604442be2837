package io.hongbao.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The connections of a crowd on one event loop: each asks when it is told to, and hands on what it
/// is answered.
final class RushConnections implements AutoCloseable {

  private static final Duration OPENING_PATIENCE = Duration.ofSeconds(60);
  private static final int HTTP_BYTES_MAX = 8_192;
  private static final byte[] EVENT = "{\"event\"".getBytes(StandardCharsets.US_ASCII);

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final List<Channel> channels = new ArrayList<>();
  private final CountDownLatch openings;
  private @Nullable BiConsumer<Integer, String> answers;

  private RushConnections(int count) {
    this.openings = new CountDownLatch(count);
  }

  /// @param openings the first frame of each connection
  static RushConnections open(int port, List<String> openings)
      throws IOException, InterruptedException {
    var connections = new RushConnections(openings.size());
    Bootstrap bootstrap =
        new Bootstrap()
            .group(connections.loops)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true);
    for (int i = 0; i < openings.size(); i++) {
      connections.channels.add(connections.connect(bootstrap, port, i, openings.get(i)));
    }
    if (!connections.openings.await(OPENING_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("connections do not open: " + connections.openings.getCount());
    }
    return connections;
  }

  private Channel connect(Bootstrap bootstrap, int port, int number, String opening)
      throws InterruptedException {
    var handshake =
        WebSocketClientProtocolConfig.newBuilder()
            .webSocketUri(URI.create("ws://127.0.0.1:" + port + "/ws"))
            .build();
    return bootstrap
        .clone()
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new HttpClientCodec(),
                        new HttpObjectAggregator(HTTP_BYTES_MAX),
                        new WebSocketClientProtocolHandler(handshake),
                        new Answers(number, opening));
              }
            })
        .connect("127.0.0.1", port)
        .sync()
        .channel();
  }

  /// All ask the same at once, in the order of the connections.
  ///
  /// @param answers is told the connection and the text of each reply, on the loop
  void ask(String text, BiConsumer<Integer, String> answers) {
    ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    loops
        .next()
        .execute(
            () -> {
              this.answers = answers;
              for (int i = 0; i < channels.size(); i++) {
                ask(i, bytes);
              }
            });
  }

  /// One asks again after a while. On the loop.
  void askLater(int connection, String text, long millis) {
    ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    var _ = loops.next().schedule(() -> ask(connection, bytes), millis, TimeUnit.MILLISECONDS);
  }

  private void ask(int connection, ByteBuf bytes) {
    Channel channel = channels.get(connection);
    channel.writeAndFlush(new TextWebSocketFrame(bytes.retainedDuplicate()), channel.voidPromise());
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
  }

  private final class Answers extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private final int number;
    private final String opening;
    private boolean open;

    Answers(int number, String opening) {
      this.number = number;
      this.opening = opening;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
        context.writeAndFlush(new TextWebSocketFrame(opening));
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      ByteBuf content = frame.content();
      if (startsWith(content, EVENT)) {
        return;
      }
      if (!open) {
        open = true;
        openings.countDown();
      } else if (answers != null) {
        answers.accept(number, content.toString(StandardCharsets.UTF_8));
      }
    }

    private static boolean startsWith(ByteBuf content, byte[] prefix) {
      if (content.readableBytes() < prefix.length) {
        return false;
      }
      for (int i = 0; i < prefix.length; i++) {
        if (content.getByte(content.readerIndex() + i) != prefix[i]) {
          return false;
        }
      }
      return true;
    }
  }
}

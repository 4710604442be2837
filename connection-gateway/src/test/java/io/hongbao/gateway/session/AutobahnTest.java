package io.hongbao.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.gateway.frame.WireFrame;
import io.hongbao.gateway.http.HttpAnswer;
import io.hongbao.gateway.http.HttpConnections;
import io.hongbao.gateway.http.HttpPipeline;
import io.hongbao.gateway.http.Origins;
import io.hongbao.gateway.http.WebSocketUpgrade;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;
import me.normanmaurer.maven.autobahntestsuite.FuzzingCaseResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.python.util.PythonInterpreter;

/// The Autobahn suite against the production pipeline, with an echo in place of the session.
///
/// Not in it are the large messages (9.*), which take many minutes.
class AutobahnTest {

  private static final int CASES = 247;
  private static final int MESSAGE_BYTES_MAX = 1 << 20;
  private static final Path REPORTS = Path.of("target", "autobahntestsuite-reports");

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void failsInNoCase() throws Exception {
    deleteReports();
    prepareSuite();
    var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Channel server =
          new ServerBootstrap()
              .group(group)
              .channel(NioServerSocketChannel.class)
              .childHandler(new EchoPipeline())
              .bind("127.0.0.1", 0)
              .sync()
              .channel();
      int port = ((InetSocketAddress) server.localAddress()).getPort();

      List<FuzzingCaseResult> results =
          AutobahnTestSuite.runFuzzingClient(
              "hongbao",
              "ws://127.0.0.1:" + port + WebSocketUpgrade.PATH,
              new HashMap<>(Map.of("version", 18)),
              List.of("*"),
              List.of("9.*"));

      assertThat(results).hasSize(CASES);
      assertThat(results)
          .filteredOn(result -> isFailed(result.behavior()) || isFailed(result.behaviorClose()))
          .extracting(FuzzingCaseResult::caseName)
          .isEmpty();
    } finally {
      var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  /// Makes the suite fit our JVM.
  ///
  /// Once classes of a Java package `io` are loaded, as all of ours are, the suite's way of
  /// importing Python's module of that name finds the package; a module that is imported already
  /// stays.
  ///
  /// A case is failed when the server has not closed within half a second or one, which a machine
  /// busy with other tests exceeds: ten times that. A server that closes is waited for no longer.
  private static void prepareSuite() {
    new PythonInterpreter()
        .exec(
            """
            import io
            from autobahntestsuite import wstest
            from autobahntestsuite.fuzzing import FuzzingProtocol

            def patiently(killAfter):
                return lambda self, delay: killAfter(self, 10 * delay)

            FuzzingProtocol.killAfter = patiently(FuzzingProtocol.killAfter.im_func)
            """);
  }

  /// The enum is not public; its names are.
  private static boolean isFailed(Object behavior) {
    return List.of("FAILED", "WRONG_CODE", "UNCLEAN", "FAILED_BY_CLIENT")
        .contains(String.valueOf(behavior));
  }

  /// What an aborted run left there would count as this run's.
  private static void deleteReports() throws IOException {
    if (Files.exists(REPORTS)) {
      try (Stream<Path> files = Files.walk(REPORTS)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static final class EchoPipeline extends ChannelInitializer<Channel> {
    private final HttpConnections connections = new HttpConnections(TimeUnit.SECONDS.toNanos(60));

    @Override
    protected void initChannel(Channel channel) {
      HttpPipeline.addTo(
          channel.pipeline(),
          connections,
          _ -> CompletableFuture.<HttpAnswer>failedStage(new IllegalStateException("no HTTP")),
          new WebSocketUpgrade(Origins.of(""), MESSAGE_BYTES_MAX, _ -> new Echo()));
    }
  }

  /// Sends each message back, and ends as a session does.
  private static final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {
    private final Inbox inbox = new Inbox();
    private boolean binary;
    private boolean closing;

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
      if (closing) {
        return;
      }
      switch (frame) {
        case PingWebSocketFrame ping -> write(ctx, WireFrame.pong(ctx.alloc(), ping.content()));
        case PongWebSocketFrame _ -> {}
        case CloseWebSocketFrame close ->
            close(ctx, close.statusCode() < 0 ? 1000 : close.statusCode());
        default -> {
          binary |= frame instanceof BinaryWebSocketFrame;
          byte[] message = inbox.complete(frame, MESSAGE_BYTES_MAX);
          if (message != null) {
            write(
                ctx,
                binary
                    ? WireFrame.binary(ctx.alloc(), message)
                    : WireFrame.text(ctx.alloc(), message));
            binary = false;
          }
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      FrameFault fault = FrameFault.of(cause);
      if (fault == null) {
        var _ = ctx.close();
      } else if (!closing) {
        close(ctx, fault.status());
      }
    }

    private void close(ChannelHandlerContext ctx, int status) {
      closing = true;
      var _ =
          ctx.writeAndFlush(WireFrame.close(ctx.alloc(), status, ""))
              .addListener(ChannelFutureListener.CLOSE);
    }

    private static void write(ChannelHandlerContext ctx, ByteBuf frame) {
      var _ = ctx.writeAndFlush(frame, ctx.voidPromise());
    }
  }
}

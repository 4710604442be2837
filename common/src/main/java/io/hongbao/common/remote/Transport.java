package io.hongbao.common.remote;

import io.hongbao.common.remote.ClusterConfig.TlsFiles;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The threads on which nodes talk to each other, and what both sides set alike.
///
/// @param loops of NIO, which is plenty for the few connections between nodes
/// @param timer one thread, on which nothing blocks
record Transport(EventLoopGroup loops, ScheduledExecutorService timer) implements AutoCloseable {

  /// The largest message: a run of a log with all that one commit may hold. One that is larger
  /// breaks its stream off.
  static final int MESSAGE_BYTES_MAX = 64 * 1024 * 1024;

  private static final int THREADS_MAX = 4;

  static Transport start(String name) {
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, THREADS_MAX);
    var factory = new DefaultThreadFactory(name, true);
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name + "-timer").factory());
    return new Transport(
        new MultiThreadIoEventLoopGroup(threads, factory, NioIoHandler.newFactory()), timer);
  }

  /// @throws ClusterStartException where the files are not what they should be
  static <C> @Nullable C tls(@Nullable TlsFiles files, TlsContext<C> make) {
    if (files == null) {
      return null;
    }
    try {
      return make.of(files);
    } catch (IOException | IllegalArgumentException e) {
      throw new ClusterStartException(
          "cluster.tls-certificate, cluster.tls-key and cluster.tls-ca must be PEM files, the key as"
              + " PKCS #8: "
              + e.getMessage(),
          e);
    }
  }

  /// Makes a context of files, for one of the two sides.
  @FunctionalInterface
  interface TlsContext<C> {
    C of(TlsFiles files) throws SSLException;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}

package io.hongbao.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The event loops, and listening with them: epoll where it is, else NIO. The loops accept, too.
final class Transport {

  /// Connections that wait to be accepted; the kernel may keep fewer.
  private static final int BACKLOG = 4_096;

  private static final long STOP_SECONDS_MAX = 5;

  private final EventLoopGroup group;
  private final Class<? extends ServerChannel> serverChannel;

  private Transport(EventLoopGroup group, Class<? extends ServerChannel> serverChannel) {
    this.group = group;
    this.serverChannel = serverChannel;
  }

  /// @param name of the loops' threads
  static Transport start(String name, int eventLoops) {
    var threads = new DefaultThreadFactory(name);
    return Epoll.isAvailable()
        ? new Transport(
            new MultiThreadIoEventLoopGroup(eventLoops, threads, EpollIoHandler.newFactory()),
            EpollServerSocketChannel.class)
        : new Transport(
            new MultiThreadIoEventLoopGroup(eventLoops, threads, NioIoHandler.newFactory()),
            NioServerSocketChannel.class);
  }

  List<EventLoop> loops() {
    var loops = new ArrayList<EventLoop>();
    for (EventExecutor executor : group) {
      loops.add((EventLoop) executor);
    }
    return loops;
  }

  /// @param setting the setting that names the port, for the message
  /// @throws GatewayStartException where the port is taken or the address is not ours
  Channel listen(
      String bind,
      int port,
      String setting,
      int writeBufferBytes,
      ChannelInitializer<Channel> connections) {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(serverChannel)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(writeBufferBytes / 2, writeBufferBytes))
            .childHandler(connections)
            .bind(new InetSocketAddress(bind, port))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new GatewayStartException(
          "cannot listen on %s:%d (%s); is another server running there? Choose another --%s"
              .formatted(bind, port, bound.cause().getMessage(), setting),
          bound.cause());
    }
    return bound.channel();
  }

  /// Ends the loops and all their channels.
  ///
  /// @return false where a loop is still busy after [#STOP_SECONDS_MAX]
  boolean stop() {
    return group
        .shutdownGracefully(0, 2, TimeUnit.SECONDS)
        .awaitUninterruptibly(STOP_SECONDS_MAX, TimeUnit.SECONDS);
  }
}

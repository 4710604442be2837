package io.hongbao.gateway;

import io.hongbao.gateway.http.HttpPipeline;
import io.hongbao.gateway.http.Origins;
import io.hongbao.gateway.http.Overloaded;
import io.hongbao.gateway.http.Site;
import io.hongbao.gateway.http.WebSocketUpgrade;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Receives the connections of the client port, up to the most that there may be. One too many is
/// answered 503; where [#REFUSED_MAX] of those are open, more are closed at once.
final class ClientConnections extends ChannelInitializer<Channel> {

  static final int REFUSED_MAX = 1_000;

  private static final Site OVERLOADED = new Overloaded();

  private final int connectionsMax;
  private final @Nullable SslContext tls;
  private final Site site;
  private final Map<EventLoop, Worker> workers = new HashMap<>();
  private final Map<EventLoop, WebSocketUpgrade> upgrades = new HashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  ClientConnections(
      GatewayConfig config, @Nullable SslContext tls, Site site, List<Worker> workers) {
    this.connectionsMax = config.connectionsMax();
    this.tls = tls;
    this.site = site;
    for (Worker worker : workers) {
      this.workers.put(worker.loop(), worker);
      this.upgrades.put(
          worker.loop(),
          new WebSocketUpgrade(
              Origins.of(config.origins()),
              config.session().frameBytes(),
              worker.sessions()::newSession));
    }
  }

  /// How many there are.
  AtomicInteger count() {
    return count;
  }

  @Override
  protected void initChannel(Channel channel) {
    int number = count.incrementAndGet();
    var _ = channel.closeFuture().addListener(_ -> count.decrementAndGet());
    if (number > connectionsMax + REFUSED_MAX) {
      var _ = channel.close();
      return;
    }
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
    }
    Worker worker = workers.get(channel.eventLoop());
    if (worker == null) {
      throw new IllegalStateException("a connection on a foreign loop");
    }
    boolean taken = number <= connectionsMax;
    HttpPipeline.addTo(
        channel.pipeline(),
        worker.http(),
        taken ? site : OVERLOADED,
        taken ? upgrades.get(channel.eventLoop()) : null);
  }
}

package io.hongbao.gateway;

import io.hongbao.gateway.http.Health;
import io.hongbao.gateway.http.HttpConnections;
import io.hongbao.gateway.http.HttpPipeline;
import io.hongbao.gateway.http.ManagementSite;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The port with metrics and health, on an event loop of its own: it answers however busy the
/// others are. Every process of Hongbao has one.
public final class ManagementPort implements AutoCloseable {

  /// Added to the port that the process works on.
  private static final int OFFSET = 10_000;

  private static final int PORT_MAX = 65_535;
  private static final int WRITE_BUFFER_BYTES = 65_536;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TICK = Duration.ofMillis(500);

  private final Health health;
  private final ExecutorService blocking;
  private final Transport transport;
  private final Channel channel;

  private ManagementPort(
      Health health, ExecutorService blocking, Transport transport, Channel channel) {
    this.health = health;
    this.blocking = blocking;
    this.transport = transport;
    this.channel = channel;
  }

  /// @param port 0 takes any free one; -1 the one 10,000 above `beside`, or any where that is taken
  /// @param beside the port that the process works on; 0 where it is not known yet
  /// @param parts by name, whether each is ready; they may block
  /// @throws GatewayStartException where the port is taken
  public static ManagementPort start(
      String bind,
      int port,
      int beside,
      Map<String, BooleanSupplier> parts,
      PrometheusMeterRegistry meters) {
    ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    return start(bind, port, beside, new Health(parts, blocking), blocking, meters);
  }

  /// @param blocking ends with the port
  static ManagementPort start(
      String bind,
      int port,
      int beside,
      Health health,
      ExecutorService blocking,
      PrometheusMeterRegistry meters) {
    Transport transport = Transport.start("management", 1);
    try {
      var connections = connections(transport.loops().getFirst(), health, blocking, meters);
      return new ManagementPort(
          health, blocking, transport, listen(transport, bind, port, beside, connections));
    } catch (RuntimeException e) {
      var _ = transport.stop();
      blocking.shutdownNow();
      throw e;
    }
  }

  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /// Not ready from now on.
  public void leave() {
    health.leave();
  }

  @Override
  public void close() {
    var _ = channel.close().awaitUninterruptibly();
    var _ = transport.stop();
    blocking.shutdownNow();
  }

  private static ChannelInitializer<Channel> connections(
      EventLoop loop, Health health, ExecutorService blocking, PrometheusMeterRegistry meters) {
    var connections = new HttpConnections(REQUEST_TIMEOUT.toNanos());
    var site = new ManagementSite(meters, health, blocking);
    var _ =
        loop.scheduleWithFixedDelay(
            connections::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        HttpPipeline.addTo(channel.pipeline(), connections, site, null);
      }
    };
  }

  private static Channel listen(
      Transport transport,
      String bind,
      int port,
      int beside,
      ChannelInitializer<Channel> connections) {
    if (port < 0 && beside > 0 && beside + OFFSET <= PORT_MAX) {
      try {
        return listen(transport, bind, beside + OFFSET, connections);
      } catch (GatewayStartException _) {
        // any other
      }
    }
    return listen(transport, bind, Math.max(0, port), connections);
  }

  private static Channel listen(
      Transport transport, String bind, int port, ChannelInitializer<Channel> connections) {
    return transport.listen(bind, port, "management.port", WRITE_BUFFER_BYTES, connections);
  }
}

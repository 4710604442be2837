package io.hongbao.gateway;

import io.hongbao.common.contract.Avatars;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.Identity;
import io.hongbao.common.contract.Interest;
import io.hongbao.common.contract.Memberships;
import io.hongbao.common.contract.Push;
import io.hongbao.gateway.crowd.GrabGate;
import io.hongbao.gateway.fanout.Fanout;
import io.hongbao.gateway.fanout.FanoutMetrics;
import io.hongbao.gateway.fanout.Rereading;
import io.hongbao.gateway.http.ClientSite;
import io.hongbao.gateway.http.Health;
import io.hongbao.gateway.http.HttpConnections;
import io.hongbao.gateway.http.Origins;
import io.hongbao.gateway.session.Routes;
import io.hongbao.gateway.session.SessionIds;
import io.hongbao.gateway.session.SessionMetrics;
import io.hongbao.gateway.session.Sessions;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running gateway: the client port (HTTP and WebSocket) and the management port.
public final class ConnectionGateway implements AutoCloseable {

  /// What may wait for one event loop before events are left out and told by `resync`.
  static final int QUEUE_BYTES_MAX = 64 * 1024 * 1024;

  /// A connection has the time for opening and this to complete its first request.
  static final Duration REQUEST_GRACE = Duration.ofSeconds(5);

  /// How long clients have to answer the close frame of a leaving node.
  static final Duration CLOSE_TIME = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGateway.class);

  private final GatewayConfig config;
  private final Transport transport;
  private final Health health;
  private final Fanout fanout;
  private final Rereading rereading;
  private final List<Worker> workers = new ArrayList<>();
  private final ClientConnections connections;
  private final Channel clientPort;
  private final ManagementPort management;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// @param routes by op prefix (`redpacket.`); the empty one is the default
  /// @param health by the name of a part, whether it is ready; may block
  /// @throws GatewayStartException where a port is taken or TLS is not usable
  public static ConnectionGateway start(
      GatewayConfig config,
      Map<String, Exchange> routes,
      Avatars avatars,
      Identity identity,
      Interest interest,
      Push push,
      Memberships memberships,
      GroupLog groups,
      PrometheusMeterRegistry meters,
      Map<String, BooleanSupplier> health) {
    SslContext tls = Tls.of(config.tls());
    var gate = new GrabGate(System::nanoTime);
    Transport transport = Transport.start("gateway", config.eventLoops());
    ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    try {
      return new ConnectionGateway(
          config,
          new Routes(gate.before(routes)),
          avatars,
          gate,
          identity,
          interest,
          push,
          memberships,
          groups,
          meters,
          new Health(health, blocking),
          tls,
          transport,
          blocking);
    } catch (RuntimeException e) {
      var _ = transport.stop();
      blocking.shutdownNow();
      throw e;
    }
  }

  private ConnectionGateway(
      GatewayConfig config,
      Routes routes,
      Avatars avatars,
      GrabGate gate,
      Identity identity,
      Interest interest,
      Push push,
      Memberships memberships,
      GroupLog groups,
      PrometheusMeterRegistry meters,
      Health health,
      @Nullable SslContext tls,
      Transport transport,
      ExecutorService blocking) {
    this.config = config;
    this.transport = transport;
    this.health = health;
    ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    var fanoutMetrics = new FanoutMetrics(meters);
    var sessionMetrics = new SessionMetrics(meters);
    List<EventLoop> loops = transport.loops();
    this.fanout =
        new Fanout(interest, groups, loops, allocator, QUEUE_BYTES_MAX, fanoutMetrics, gate::know);
    this.rereading = new Rereading(fanout.hubs(), memberships);
    fanout.onMissed(rereading::begin);
    var node =
        new Sessions.Node(
            config.session(),
            fanout,
            push,
            identity,
            memberships,
            routes,
            new SessionIds(),
            Clock.systemUTC(),
            sessionMetrics,
            fanoutMetrics);
    long requestTimeoutNanos = config.session().openTimeout().plus(REQUEST_GRACE).toNanos();
    for (EventLoop loop : loops) {
      var worker =
          new Worker(
              loop,
              fanout.hub(loop),
              new Sessions(node, fanout.hub(loop), allocator),
              new HttpConnections(requestTimeoutNanos));
      worker.startTicking(config.session().tick());
      workers.add(worker);
    }
    var site =
        new ClientSite(
            routes::of, avatars, health, Origins.of(config.origins()), sessionMetrics, blocking);
    this.connections = new ClientConnections(config, tls, site, workers);
    meters.gauge("hongbao.gateway.connections", connections.count(), AtomicInteger::get);
    if (allocator instanceof ByteBufAllocatorMetricProvider pool) {
      meters.gauge("hongbao.gateway.buffer.bytes", pool, p -> p.metric().usedDirectMemory());
    }
    this.clientPort =
        transport.listen(
            config.bind(), config.port(), "port", config.writeBufferBytes(), connections);
    this.management =
        ManagementPort.start(
            config.managementBind(), config.managementPort(), port(), health, blocking, meters);
  }

  /// The port that clients reach.
  public int port() {
    return port(clientPort);
  }

  public int managementPort() {
    return management.port();
  }

  /// Leaves: not ready any more, so that a balancer sends nobody here; after the drain time no new
  /// connections, the event `reconnect` to all, close 4001 to who is still there after the leave
  /// time. Takes both and a few seconds at most, less where clients go sooner.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    health.leave();
    awaitNoConnections(config.drainTime());
    var _ = clientPort.close().awaitUninterruptibly();
    workers.forEach(worker -> worker.sendAway(config.leaveTime()));
    awaitNoConnections(config.leaveTime());
    workers.forEach(Worker::closeSessions);
    awaitNoConnections(CLOSE_TIME);
    fanout.close();
    rereading.close();
    if (transport.stop()) {
      workers.forEach(Worker::release);
    } else {
      LOG.warn("an event loop did not stop in time");
    }
    management.close();
    LOG.info("the gateway has left, connections={}", connections.count());
  }

  private void awaitNoConnections(Duration most) {
    long deadline = System.nanoTime() + most.toNanos();
    while (connections.count().get() > 0 && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static int port(Channel channel) {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }
}

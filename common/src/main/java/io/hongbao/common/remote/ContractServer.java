package io.hongbao.common.remote;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.hongbao.common.contract.Avatars;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.Identity;
import io.hongbao.common.contract.Interest;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.contract.Memberships;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.SentMedia;
import io.hongbao.common.contract.UnreadMembers;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the contracts that a role has to the other nodes, on `cluster.bind` and `cluster.port`.
///
/// ```
/// ContractServer server =
///     ContractServer.with(config, meters)
///         .exchange(messages.exchange())
///         .identity(messages.identity())
///         .start();
/// ```
public final class ContractServer implements AutoCloseable {

  /// How long what is in hand may take when the node leaves.
  static final Duration LEAVE_TIME = Duration.ofSeconds(5);

  /// After which a caller that does not answer a ping is taken for gone: so long its interest
  /// stays.
  private static final long PING_SECONDS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(ContractServer.class);

  private final Server server;
  private final Transport transport;
  private final NodeEndpoint node;
  private final @Nullable ExchangeEndpoint exchange;
  private final @Nullable PushEndpoint push;

  private ContractServer(
      Server server,
      Transport transport,
      NodeEndpoint node,
      @Nullable ExchangeEndpoint exchange,
      @Nullable PushEndpoint push) {
    this.server = server;
    this.transport = transport;
    this.node = node;
    this.exchange = exchange;
    this.push = push;
  }

  public static Builder with(ClusterConfig config, MeterRegistry meters) {
    return new Builder(config, meters);
  }

  /// What is to be served.
  public static final class Builder {

    private final ClusterConfig config;
    private final MeterRegistry meters;
    private final List<ServerServiceDefinition> services = new ArrayList<>();
    private @Nullable Exchange exchange;
    private @Nullable PushEndpoint push;

    private Builder(ClusterConfig config, MeterRegistry meters) {
      this.config = config;
      this.meters = meters;
    }

    public Builder exchange(Exchange exchange) {
      this.exchange = exchange;
      return this;
    }

    public Builder identity(Identity identity) {
      services.add(UnaryServices.identity(identity));
      return this;
    }

    public Builder memberships(Memberships memberships) {
      services.add(UnaryServices.memberships(memberships));
      return this;
    }

    public Builder groupLog(GroupLog groupLog) {
      services.add(UnaryServices.groupLog(groupLog));
      return this;
    }

    public Builder unreadMembers(UnreadMembers members) {
      services.add(UnaryServices.unreadMembers(members));
      return this;
    }

    public Builder sentMedia(SentMedia sentMedia) {
      services.add(UnaryServices.sentMedia(sentMedia));
      return this;
    }

    public Builder push(Push push, Interest interest) {
      this.push = new PushEndpoint(push, interest, meters);
      return this;
    }

    public Builder mediaLibrary(MediaLibrary library) {
      services.add(UnaryServices.mediaLibrary(library));
      return this;
    }

    public Builder avatars(Avatars avatars) {
      services.add(UnaryServices.avatars(avatars));
      return this;
    }

    /// Returns when other nodes can connect.
    ///
    /// @throws ClusterStartException where the port is taken or TLS is not usable; the message says
    ///   what to do
    public ContractServer start() {
      SslContext tls =
          Transport.tls(
              config.tls(),
              files ->
                  GrpcSslContexts.forServer(files.certificate().toFile(), files.key().toFile())
                      .trustManager(files.ca().toFile())
                      .clientAuth(ClientAuth.REQUIRE)
                      .build());
      Transport transport = Transport.start("contracts");
      try {
        return start(tls, transport);
      } catch (IOException e) {
        transport.close();
        throw new ClusterStartException(
            "cannot listen on %s:%d (%s); is another node running there? Choose another --cluster.port"
                .formatted(config.bind(), config.port(), e.getMessage()),
            e);
      }
    }

    private ContractServer start(@Nullable SslContext tls, Transport transport) throws IOException {
      Exchange requests = exchange;
      var node =
          new NodeEndpoint(transport.timer(), requests == null ? List::of : requests::features);
      ExchangeEndpoint exchanges = requests == null ? null : new ExchangeEndpoint(requests);
      NettyServerBuilder builder =
          NettyServerBuilder.forAddress(new InetSocketAddress(config.bind(), config.port()))
              .bossEventLoopGroup(transport.loops())
              .workerEventLoopGroup(transport.loops())
              .channelType(NioServerSocketChannel.class)
              .directExecutor()
              .maxInboundMessageSize(Transport.MESSAGE_BYTES_MAX)
              .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
              .keepAliveTimeout(PING_SECONDS, TimeUnit.SECONDS)
              .addService(node)
              .addServices(services);
      if (exchanges != null) {
        builder.addService(exchanges);
      }
      if (push != null) {
        builder.addService(push);
      }
      if (tls != null) {
        builder.sslContext(tls);
      }
      builder.intercept(TraceHeader.taking());
      if (!config.secret().isEmpty()) {
        builder.intercept(SharedSecret.asking(config.secret()));
      }
      Server server = builder.build().start();
      node.start();
      LOG.info("serving other nodes on {}:{}", config.bind(), server.getPort());
      return new ContractServer(server, transport, node, exchanges, push);
    }
  }

  public int port() {
    return server.getPort();
  }

  /// Leaves: tells all callers to ask others, answers what is in hand, for [#LEAVE_TIME] at most,
  /// and closes. To be called while the contracts still work.
  @Override
  public void close() {
    long deadline = System.nanoTime() + LEAVE_TIME.toNanos();
    node.leave();
    while (!isQuiet() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(5_000_000);
    }
    if (exchange != null) {
      exchange.complete();
    }
    if (push != null) {
      push.complete();
    }
    node.complete();
    server.shutdown();
    try {
      long left = Math.max(0, deadline - System.nanoTime());
      if (!server.awaitTermination(left, TimeUnit.NANOSECONDS)) {
        server.shutdownNow();
        server.awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException _) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    transport.close();
  }

  private boolean isQuiet() {
    return (exchange == null || exchange.isQuiet()) && (push == null || push.isQuiet());
  }
}

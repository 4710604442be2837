package io.hongbao.common.remote;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.hongbao.common.config.InvalidSettingException;
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
import io.hongbao.common.remote.ClusterConfig.Address;
import io.hongbao.common.remote.proto.AuthenticateRequest;
import io.hongbao.common.remote.proto.AvatarsServiceGrpc;
import io.hongbao.common.remote.proto.GroupsOfRequest;
import io.hongbao.common.remote.proto.IdentityServiceGrpc;
import io.hongbao.common.remote.proto.IsVisibleToRequest;
import io.hongbao.common.remote.proto.MediaLibraryServiceGrpc;
import io.hongbao.common.remote.proto.MembershipsServiceGrpc;
import io.hongbao.common.remote.proto.PlaceOfRequest;
import io.hongbao.common.remote.proto.SentMediaServiceGrpc;
import io.hongbao.common.remote.proto.UnreadMembersServiceGrpc;
import io.hongbao.common.remote.proto.UnreadRequest;
import io.hongbao.common.remote.proto.UploadedByRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.security.Security;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The other nodes of the cluster, as the contracts that they serve.
///
/// Asking for a contract begins to look for the instances of its role, and to connect to all of
/// them; it returns at once, and until there is one, the contract answers `unavailable`. A role
/// without addresses is an `InvalidSettingException` that names its setting. What every contract
/// promises holds here, too; failures of the wire are the refusal `unavailable` with
/// `retryAfterMs`, and whether the request took effect is unknown then.
public final class Peers implements AutoCloseable {

  private static final int CONNECT_MS_MAX = 3_000;
  private static final long EXPIRE_EVERY_MS = 500;
  private static final long CLOSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);

  private final ClusterConfig config;
  private final MeterRegistry meters;
  private final Instances.Names names;
  private final @Nullable SslContext tls;
  private final Transport transport;

  // Guarded by this.
  private final Map<Role, Instances> roles = new EnumMap<>(Role.class);
  private final Map<Role, RemoteExchange> exchanges = new EnumMap<>(Role.class);
  private @Nullable RemotePush push;

  private Peers(ClusterConfig config, MeterRegistry meters, Instances.Names names) {
    this.config = config;
    this.meters = meters;
    this.names = names;
    this.tls =
        Transport.tls(
            config.tls(),
            files ->
                GrpcSslContexts.forClient()
                    .keyManager(files.certificate().toFile(), files.key().toFile())
                    .trustManager(files.ca().toFile())
                    .build());
    this.transport = Transport.start("peers");
  }

  /// To be called before this JVM has looked up any name: it keeps addresses for half a minute
  /// unless it is told otherwise first, and a node that moved would be found so late.
  ///
  /// @throws ClusterStartException where TLS is not usable
  public static Peers start(ClusterConfig config, MeterRegistry meters) {
    Security.setProperty("networkaddress.cache.ttl", "1");
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
    return start(config, meters, InetAddress::getAllByName);
  }

  /// @param names how names become addresses
  static Peers start(ClusterConfig config, MeterRegistry meters, Instances.Names names) {
    return new Peers(config, meters, names);
  }

  /// Client requests to a role: `MESSAGE`, `REDPACKET` or `MEDIA`. The same object each time.
  public synchronized Exchange exchange(Role role) {
    return exchanges.computeIfAbsent(role, this::newExchange);
  }

  /// Served by the message role.
  public Identity identity() {
    Calls calls = calls(Role.MESSAGE);
    return token ->
        calls.ask(
            IdentityServiceGrpc.getAuthenticateMethod(),
            token.hashCode(),
            AuthenticateRequest.newBuilder().setToken(token).build(),
            Encoding::read);
  }

  /// Served by the message role.
  public Memberships memberships() {
    Calls calls = calls(Role.MESSAGE);
    return userId ->
        calls
            .call(
                MembershipsServiceGrpc.getGroupsOfMethod(),
                userId,
                GroupsOfRequest.newBuilder().setUserId(userId).build())
            .thenApply(Encoding::read);
  }

  /// Served by the message role.
  public GroupLog groupLog() {
    return new RemoteGroupLog(calls(Role.MESSAGE));
  }

  /// Served by the message role.
  public UnreadMembers unreadMembers() {
    Calls calls = calls(Role.MESSAGE);
    return (groupId, firstSeq, lastSeq) ->
        calls.ask(
            UnreadMembersServiceGrpc.getOfMethod(),
            groupId,
            UnreadRequest.newBuilder()
                .setGroupId(groupId)
                .setFirstSeq(firstSeq)
                .setLastSeq(lastSeq)
                .build(),
            Encoding::read);
  }

  /// Served by the message role.
  public SentMedia sentMedia() {
    Calls calls = calls(Role.MESSAGE);
    return (userId, mediaId) ->
        calls.ask(
            SentMediaServiceGrpc.getIsVisibleToMethod(),
            userId,
            IsVisibleToRequest.newBuilder().setUserId(userId).setMediaId(mediaId).build(),
            Encoding::read);
  }

  /// Served by the push role; what is published while there is no instance is lost, and the
  /// gateways are told so later. The same object each time.
  public synchronized Push push() {
    if (push == null) {
      push = new RemotePush(instances(Role.PUSH), meters);
    }
    return push;
  }

  /// Served by the push role: one link to all its instances.
  public Interest interest() {
    return new RemoteInterest(instances(Role.PUSH));
  }

  /// Served by the media role.
  public MediaLibrary mediaLibrary() {
    Calls calls = calls(Role.MEDIA);
    return (userId, mediaId, kind) ->
        calls.ask(
            MediaLibraryServiceGrpc.getUploadedByMethod(),
            mediaId,
            UploadedByRequest.newBuilder()
                .setUserId(userId)
                .setMediaId(mediaId)
                .setKind(kind.wireName())
                .build(),
            Encoding::read);
  }

  /// Served by the media role.
  public Avatars avatars() {
    Calls calls = calls(Role.MEDIA);
    return mediaId ->
        calls.ask(
            AvatarsServiceGrpc.getPlaceOfMethod(),
            mediaId,
            PlaceOfRequest.newBuilder().setMediaId(mediaId).build(),
            Encoding::read);
  }

  /// Whether at least one instance of the role can be asked: for readiness. Never waits.
  public boolean isConnected(Role role) {
    return instanceCount(role) > 0;
  }

  int instanceCount(Role role) {
    return instances(role).askable().size();
  }

  /// Leaves all instances: what was published is sent, for two seconds at most; what is in flight
  /// answers `unavailable`.
  @Override
  public synchronized void close() {
    RemotePush last = push;
    if (last != null) {
      last.complete();
      long deadline = System.nanoTime() + CLOSE_NANOS_MAX;
      while (!last.isWhole() && System.nanoTime() - deadline < 0) {
        LockSupport.parkNanos(5_000_000);
      }
    }
    roles.values().forEach(Instances::close);
    transport.close();
  }

  private RemoteExchange newExchange(Role role) {
    var exchange = new RemoteExchange(instances(role));
    transport
        .timer()
        .scheduleWithFixedDelay(
            () -> exchange.expire(System.nanoTime()),
            EXPIRE_EVERY_MS,
            EXPIRE_EVERY_MS,
            TimeUnit.MILLISECONDS);
    meters.gauge(
        "hongbao.cluster.requests.in.flight",
        Tags.of("role", role.wireName()),
        exchange,
        RemoteExchange::inFlight);
    return exchange;
  }

  private Calls calls(Role role) {
    return new Calls(instances(role));
  }

  private synchronized Instances instances(Role role) {
    return roles.computeIfAbsent(role, this::newInstances);
  }

  private Instances newInstances(Role role) {
    List<Address> addresses = config.addresses().getOrDefault(role, List.of());
    if (addresses.isEmpty()) {
      throw new InvalidSettingException(
          role.addresses().name(), "must say where the instances are: host:port by comma");
    }
    var instances = new Instances(role, addresses, names, transport.timer(), this::channel);
    meters.gauge(
        "hongbao.cluster.instances",
        Tags.of("role", role.wireName()),
        instances,
        found -> found.askable().size());
    instances.start();
    return instances;
  }

  private ManagedChannel channel(Place place) {
    NettyChannelBuilder channel =
        NettyChannelBuilder.forAddress(place.socket())
            .overrideAuthority(place.address().toString())
            .eventLoopGroup(transport.loops())
            .channelType(NioSocketChannel.class)
            .directExecutor()
            .disableRetry()
            .proxyDetector(_ -> null)
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS_MAX)
            .maxInboundMessageSize(Transport.MESSAGE_BYTES_MAX);
    if (tls == null) {
      channel.usePlaintext();
    } else {
      channel.sslContext(tls);
    }
    channel.intercept(TraceHeader.sending());
    if (!config.secret().isEmpty()) {
      channel.intercept(SharedSecret.showing(config.secret()));
    }
    return channel.build();
  }
}

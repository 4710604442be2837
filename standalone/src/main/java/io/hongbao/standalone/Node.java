package io.hongbao.standalone;

import io.hongbao.common.config.Setting;
import io.hongbao.common.config.Settings;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.contract.Push;
import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.remote.ClusterConfig;
import io.hongbao.common.remote.ContractServer;
import io.hongbao.common.remote.Peers;
import io.hongbao.common.remote.Role;
import io.hongbao.common.sql.Database;
import io.hongbao.gateway.ConnectionGateway;
import io.hongbao.gateway.GatewayConfig;
import io.hongbao.gateway.ManagementPort;
import io.hongbao.media.MediaConfig;
import io.hongbao.media.MediaService;
import io.hongbao.message.MessageConfig;
import io.hongbao.message.MessageService;
import io.hongbao.push.PushService;
import io.hongbao.push.hook.HookConfig;
import io.hongbao.redpacket.RedPacketConfig;
import io.hongbao.redpacket.RedPacketService;
import io.hongbao.redpacket.ledger.SandboxGateway;
import io.hongbao.standalone.MySqlLogin.Tables;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/// One process of a cluster: the service of its role, on stores of the operator's own, with the
/// other roles behind their contracts.
///
/// It waits for no other node, so the order of starts does not matter. When it stops it first says
/// that it is not ready, then answers what is in hand, then closes; bounded in time.
public final class Node implements AutoCloseable {

  private final Settings settings;
  private final Parts parts;
  private final Clock clock = Clock.tickMillis(ZoneOffset.UTC);
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ClusterConfig cluster;
  private final Peers peers;
  private int port;
  private int managementPort;
  private volatile boolean started;

  private Node(Settings settings, Parts parts) {
    this.settings = settings;
    this.parts = parts;
    this.cluster = ClusterConfig.of(settings);
    this.peers = parts.add("peers", Peers.start(cluster, meters));
  }

  /// Returns when clients or other nodes can connect.
  ///
  /// @throws CannotStartException with the reason for whoever started it; nothing runs then
  public static Node start(NodeRole role, Settings settings) {
    return start(role, settings, new Parts());
  }

  /// @param parts gets everything that is started, from the first moment on
  static Node start(NodeRole role, Settings settings, Parts parts) {
    try {
      var node = new Node(settings, parts);
      switch (role) {
        case GATEWAY -> node.startGateway();
        case MESSAGE -> node.startMessage();
        case PUSH -> node.startPush();
        case REDPACKET -> node.startRedPacket();
        case MEDIA -> node.startMedia();
      }
      parts.add("JVM metrics", JvmMetrics.bindTo(node.meters));
      return node;
    } catch (Throwable e) {
      parts.close();
      throw e;
    }
  }

  /// Where clients reach a gateway, and other nodes any other role.
  public int port() {
    return port;
  }

  public int managementPort() {
    return managementPort;
  }

  @Override
  public void close() {
    parts.close();
  }

  private void startGateway() {
    ConnectionGateway gateway =
        parts.add(
            "connection gateway",
            ConnectionGateway.start(
                GatewayConfig.of(settings),
                Server.routes(
                    peers.exchange(Role.MESSAGE),
                    peers.exchange(Role.REDPACKET),
                    peers.exchange(Role.MEDIA)),
                peers.avatars(),
                peers.identity(),
                peers.interest(),
                peers.push(),
                peers.memberships(),
                peers.groupLog(),
                meters,
                Map.of("message service", () -> peers.isConnected(Role.MESSAGE))));
    port = gateway.port();
    managementPort = gateway.managementPort();
  }

  private void startMessage() {
    settings.require(Settings.TOKEN_SECRET, "all message services sign tokens with the same key");
    Push push = peers.push();
    MediaLibrary library = peers.mediaLibrary();
    Database database = pool(Settings.MYSQL_CONNECTIONS, Tables.MESSAGES);
    ManagementPort management = manage(Map.of("mysql", database::isReady));
    MySqlLogin.migrate(database, Tables.NODES, Tables.MESSAGES);
    Redis redis = Stores.ownRedis(settings, parts);
    Ids ids = Stores.leaseNode(database, settings, parts).ids();
    MessageService messages =
        parts.add(
            "message service",
            MessageService.start(
                MessageConfig.of(settings), database, redis, push, library, ids, clock, meters));
    serve(
        ContractServer.with(cluster, meters)
            .exchange(messages.exchange())
            .identity(messages.identity())
            .memberships(messages.memberships())
            .groupLog(messages.groupLog())
            .unreadMembers(messages.unreadMembers())
            .sentMedia(messages.sentMedia()));
    sayReady(management);
  }

  private void startPush() {
    ManagementPort management = manage(Map.of());
    PushService push = parts.add("push service", new PushService(meters));
    serve(ContractServer.with(cluster, meters).push(push, push));
    HookConfig hook = HookConfig.of(settings);
    if (hook != null) { // stops before the gateways are gone: then it still knows who is connected
      parts.add("offline hook", push.startHook(hook, peers.unreadMembers()));
    }
    sayReady(management);
  }

  private void startRedPacket() {
    Push push = peers.push();
    Database database = pool(Settings.REDPACKET_CONNECTIONS, Tables.PACKETS);
    ManagementPort management = manage(Map.of("mysql", database::isReady));
    MySqlLogin.migrate(database, Tables.NODES, Tables.PACKETS);
    Redis redis = Stores.ownRedis(settings, parts);
    Ids ids = Stores.leaseNode(database, settings, parts).ids();
    RedPacketService packets =
        parts.add(
            "red-packet service",
            RedPacketService.start(
                RedPacketConfig.of(settings),
                database,
                redis,
                peers.groupLog(),
                new SandboxGateway(),
                push,
                ids,
                meters));
    serve(ContractServer.with(cluster, meters).exchange(packets.exchange()));
    sayReady(management);
  }

  private void startMedia() {
    settings.require(Settings.S3_URL, "a node starts no store of its own");
    DataFolder data = parts.add("data folder", DataFolder.open(settings.get(Settings.DATA)));
    Database database = pool(Settings.MEDIA_CONNECTIONS, Tables.MEDIA);
    ManagementPort management = manage(Map.of("mysql", database::isReady));
    MySqlLogin.migrate(database, Tables.NODES, Tables.MEDIA);
    Ids ids = Stores.leaseNode(database, settings, parts).ids();
    MediaService media =
        parts.add(
            "media storage",
            MediaService.start(
                MediaConfig.of(settings),
                database,
                CompletableFuture.completedFuture(Stores.ownS3(settings)),
                data.resolve("media-checks"),
                ids,
                clock,
                meters));
    serve(
        ContractServer.with(cluster, meters)
            .exchange(media.exchange(peers.sentMedia()))
            .mediaLibrary(media.library())
            .avatars(media.avatars()));
    sayReady(management);
  }

  private Database pool(Setting<Integer> connections, Tables tables) {
    settings.require(Settings.MYSQL_URL, "a node starts no database of its own");
    return MySqlLogin.of(settings)
        .pool(parts, "database", settings.get(connections), Tables.NODES, tables);
  }

  /// Metrics and health, from before the tables are brought up to date, which may take long, until
  /// after the service has stopped.
  ///
  /// @param stores what it cannot work without, by name
  private ManagementPort manage(Map<String, BooleanSupplier> stores) {
    var needed = new LinkedHashMap<>(stores);
    needed.put("start", () -> started);
    return parts.add(
        "management port",
        ManagementPort.start(
            settings.get(Settings.MANAGEMENT_BIND),
            settings.get(Settings.MANAGEMENT_PORT),
            settings.get(Settings.CLUSTER_PORT),
            needed,
            meters));
  }

  private void serve(ContractServer.Builder contracts) {
    port = parts.add("contracts", contracts.start()).port();
  }

  /// The last of a start, so the first of a stop.
  private void sayReady(ManagementPort management) {
    managementPort = management.port();
    started = true;
    parts.add("readiness", management::leave);
  }
}

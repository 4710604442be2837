package io.hongbao.standalone;

import io.hongbao.common.config.Settings;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.id.Ids;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.RuntimeFolder;
import io.hongbao.gateway.ConnectionGateway;
import io.hongbao.gateway.GatewayConfig;
import io.hongbao.media.MediaConfig;
import io.hongbao.media.MediaService;
import io.hongbao.media.store.S3Location;
import io.hongbao.message.MessageConfig;
import io.hongbao.message.MessageService;
import io.hongbao.push.PushService;
import io.hongbao.push.hook.HookConfig;
import io.hongbao.redpacket.RedPacketConfig;
import io.hongbao.redpacket.RedPacketService;
import io.hongbao.redpacket.ledger.SandboxGateway;
import io.hongbao.standalone.Stores.Store;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A whole Hongbao in this JVM: the only place where the services meet each other's contracts.
public final class Server implements AutoCloseable {

  /// Where the port is noted, for who looks at the server from outside.
  static final String MANAGEMENT_PORT = "management.port";

  private final Parts parts;
  private final ConnectionGateway gateway;
  private final Stores stores;
  private final CompletableFuture<Store<S3Location>> s3;

  private Server(
      Parts parts,
      ConnectionGateway gateway,
      Stores stores,
      CompletableFuture<Store<S3Location>> s3) {
    this.parts = parts;
    this.gateway = gateway;
    this.stores = stores;
    this.s3 = s3;
  }

  /// Returns when clients can connect.
  ///
  /// @throws CannotStartException with the reason for whoever started it; nothing runs then
  public static Server start(Settings settings) {
    return start(settings, Clock.tickMillis(ZoneOffset.UTC));
  }

  /// @param clock of milliseconds, by which everything is dated
  public static Server start(Settings settings, Clock clock) {
    return start(settings, clock, new Parts());
  }

  /// @param parts gets everything that is started, from the first moment on
  static Server start(Settings settings, Clock clock, Parts parts) {
    try (var progress = new Progress()) {
      return start(settings, clock, parts, progress);
    } catch (Throwable e) {
      parts.close();
      throw e;
    }
  }

  private static Server start(Settings settings, Clock clock, Parts parts, Progress progress) {
    DataFolder data = parts.add("data folder", DataFolder.open(settings.get(Settings.DATA)));
    Ports.requireFree(settings);
    Secrets secrets = secrets(data);
    var ground = new Stores.Ground(data, secrets, runtime(data));
    Stores stores = Stores.start(settings, ground, parts, progress);

    Settings complete = settings.orElse(Settings.TOKEN_SECRET, secrets.token());
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    PushService push = parts.add("push service", new PushService(meters));
    Database database = stores.database().client();
    Ids ids = Stores.leaseNode(database, settings, parts).ids();
    var s3 = new CompletableFuture<Store<S3Location>>();
    MediaService media =
        parts.add(
            "media storage",
            MediaService.start(
                MediaConfig.of(complete),
                stores.media(),
                s3.thenApply(Store::client),
                data.resolve("media-checks"),
                ids,
                clock,
                meters));
    MessageService messages =
        parts.add(
            "message service",
            MessageService.start(
                MessageConfig.of(complete),
                database,
                stores.redis().client(),
                push,
                media.library(),
                ids,
                clock,
                meters));
    RedPacketService packets =
        parts.add(
            "red-packet service",
            RedPacketService.start(
                RedPacketConfig.of(complete),
                stores.packets(),
                stores.redis().client(),
                messages.groupLog(),
                new SandboxGateway(),
                push,
                ids,
                meters));
    ConnectionGateway gateway =
        parts.add(
            "connection gateway",
            ConnectionGateway.start(
                GatewayConfig.of(complete),
                routes(
                    messages.exchange(), packets.exchange(), media.exchange(messages.sentMedia())),
                media.avatars(),
                messages.identity(),
                push,
                push,
                messages.memberships(),
                messages.groupLog(),
                meters,
                Map.of("mysql", stores.database().client()::isReady)));
    HookConfig hook = HookConfig.of(complete);
    if (hook != null) { // stops before the gateway: then it still knows who is connected
      parts.add("offline hook", push.startHook(hook, messages.unreadMembers()));
    }
    parts.add("JVM metrics", JvmMetrics.bindTo(meters));
    data.note(MANAGEMENT_PORT, String.valueOf(gateway.managementPort()));
    Stores.startS3(settings, ground, parts, s3);
    return new Server(parts, gateway, stores, s3);
  }

  /// Whose an operation is, by the prefix of its name.
  static Map<String, Exchange> routes(Exchange messages, Exchange packets, Exchange media) {
    return Map.of("", messages, "redpacket.", packets, "wallet.", packets, "media.", media);
  }

  /// The port for HTTP and WebSocket.
  public int port() {
    return gateway.port();
  }

  public int managementPort() {
    return gateway.managementPort();
  }

  Stores stores() {
    return stores;
  }

  /// The S3 store, once it is up.
  Store<S3Location> s3() {
    return Stores.result(s3);
  }

  /// Sends the clients away and stops everything in the reverse order of the start; bounded in
  /// time.
  @Override
  public void close() {
    parts.close();
  }

  private static Secrets secrets(DataFolder data) {
    try {
      return Secrets.in(data.path());
    } catch (IOException e) {
      throw new CannotStartException(
          "The secrets in %s cannot be kept: %s".formatted(data.path(), e), e);
    }
  }

  private static RuntimeFolder runtime(DataFolder data) {
    String shared = System.getProperty("hongbao.runtime");
    return new RuntimeFolder(shared == null ? data.resolve("runtime") : Path.of(shared));
  }
}

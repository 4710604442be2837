package io.hongbao.gateway.kit;

import io.hongbao.common.config.Settings;
import io.hongbao.common.contract.Avatars.Place;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Interest;
import io.hongbao.common.contract.Push;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Refusal;
import io.hongbao.gateway.ConnectionGateway;
import io.hongbao.gateway.GatewayConfig;
import io.hongbao.push.PushService;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/// A real gateway on free ports, with services that a test rules over.
public final class TestGateway implements AutoCloseable {

  public final FakeIdentity identity = new FakeIdentity();
  public final FakeMemberships memberships = new FakeMemberships();
  public final FakePush push = new FakePush();
  public final FakeService service = new FakeService();
  public final FakeService redPackets = new FakeService();
  public final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  public final ConnectionGateway gateway;

  private TestGateway(Map<String, String> settings, Map<String, BooleanSupplier> health) {
    gateway = start(settings, push, push, health);
  }

  private TestGateway(PushService shared) {
    gateway = start(Map.of(), shared, shared, Map.of());
  }

  private ConnectionGateway start(
      Map<String, String> settings,
      Interest interest,
      Push publish,
      Map<String, BooleanSupplier> health) {
    var all = new HashMap<>(settings);
    all.putIfAbsent("port", "0");
    all.putIfAbsent("management.port", "0");
    all.putIfAbsent("bind", "127.0.0.1");
    all.putIfAbsent("gateway.drain-time", "PT0.001S");
    all.putIfAbsent("gateway.leave-time", "PT0.2S");
    return ConnectionGateway.start(
        GatewayConfig.of(Settings.of(all)),
        Map.<String, Exchange>of("", service, "redpacket.", redPackets),
        TestGateway::placeOf,
        identity,
        interest,
        publish,
        memberships,
        new FakeGroups(),
        meters,
        health);
  }

  /// There is one avatar, and the store of another is away.
  private static CompletionStage<Outcome<Place>> placeOf(long mediaId) {
    return CompletableFuture.completedStage(
        switch ((int) mediaId) {
          case 7 -> Outcome.done(new Place("http://store/7?signed", Duration.ofHours(1)));
          case 8 -> Outcome.refused(Refusal.retryAfter(ErrorCode.UNAVAILABLE, "away", 1_000));
          default -> Outcome.refused(ErrorCode.NOT_FOUND, "none");
        });
  }

  /// @param settings name, value, name, value, …
  public static TestGateway start(String... settings) {
    var map = new HashMap<String, String>();
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    return new TestGateway(map, Map.of("mysql", () -> true));
  }

  /// One of several gateways of a push service.
  public static TestGateway of(PushService shared) {
    return new TestGateway(shared);
  }

  /// With parts whose health is asked for, in this order.
  public static TestGateway withParts(Map<String, BooleanSupplier> health) {
    return new TestGateway(Map.of(), health);
  }

  public URI uri() {
    return URI.create("ws://127.0.0.1:" + gateway.port() + "/ws");
  }

  public URI http(String path) {
    return URI.create("http://127.0.0.1:" + gateway.port() + path);
  }

  public URI management(String path) {
    return URI.create("http://127.0.0.1:" + gateway.managementPort() + path);
  }

  public TestClient connect() {
    return TestClient.connect(uri());
  }

  /// A session of user `userId` that is open.
  public TestClient open(long userId, String deviceId) {
    TestClient client = connect();
    client.open("user-" + userId, deviceId);
    return client;
  }

  public double counter(String name, String... tags) {
    var found = meters.find(name).tags(tags).counter();
    return found == null ? 0 : found.count();
  }

  @Override
  public void close() {
    gateway.close();
  }
}

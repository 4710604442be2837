package io.hongbao.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.config.Settings;
import io.hongbao.gateway.kit.RawClient;
import io.hongbao.gateway.kit.TestClient;
import io.hongbao.gateway.kit.TestGateway;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionGatewayTest {

  @Test
  void takesTheManagementPortBesideTheClientPort() {
    try (TestGateway first = TestGateway.start("management.port", "-1")) {
      int port = first.gateway.port();
      if (port + 10_000 <= 65_535) {
        assertThat(first.gateway.managementPort()).isEqualTo(port + 10_000);
      } else {
        assertThat(first.gateway.managementPort()).isPositive();
      }
    }
  }

  @Test
  void saysThatAPortIsBusy() {
    try (TestGateway first = TestGateway.start()) {
      String port = String.valueOf(first.gateway.port());
      assertThatThrownBy(() -> TestGateway.start("port", port))
          .isInstanceOf(GatewayStartException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("--port");
      String management = String.valueOf(first.gateway.managementPort());
      assertThatThrownBy(() -> TestGateway.start("management.port", management))
          .isInstanceOf(GatewayStartException.class)
          .hasMessageContaining("--management.port");
      try (TestClient client = first.open(7, "d")) {
        client.expectNothing();
      }
    }
  }

  @Test
  void readsItsConfigurationFromTheSettings() {
    GatewayConfig config = GatewayConfig.of(Settings.of(Map.of()));

    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.managementPort()).isEqualTo(-1);
    assertThat(config.managementBind()).isEqualTo("127.0.0.1");
    assertThat(config.tls()).isNull();
    assertThat(config.eventLoops()).isPositive();
    assertThat(config.session().frameBytes()).isEqualTo(65_536);
    assertThat(config.session().requestsInFlight()).isEqualTo(256);
    assertThat(config.session().heartbeat()).hasSeconds(30);
  }

  @Test
  void leavesAtOnceWhereNobodyIsConnected() {
    TestGateway server = TestGateway.start("gateway.leave-time", "PT20S");
    long started = System.nanoTime();
    server.close();
    server.close();
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started)).isLessThan(10);
  }

  @Test
  void answersWhatIsInFlightWhileItLeaves() throws Exception {
    TestGateway server = TestGateway.start("gateway.leave-time", "PT1S");
    try (TestClient client = server.open(7, "d")) {
      client.send("test.hold", "{}");
      var held = server.service.held().take();
      var left = CompletableFuture.runAsync(server::close);
      assertThat(client.next().get("event").asText()).isEqualTo("reconnect");
      held.succeed();
      assertThat(client.next().has("data")).isTrue();
      assertThatThrownBy(
              () -> new Socket(InetAddress.getLoopbackAddress(), server.gateway.port()).close())
          .isInstanceOf(ConnectException.class);
      assertThat(client.closeCode()).isEqualTo(4001);
      left.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void doesNotWaitForEverForClientsThatDoNotAnswer() throws IOException {
    TestGateway server = TestGateway.start();
    try (RawClient client = RawClient.connect(server.uri());
        RawClient unopened = RawClient.connect(server.uri())) {
      client.open("user-7", "d");
      long started = System.nanoTime();
      server.close();
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started)).isLessThan(10);
      assertThat(client.closeCode()).isEqualTo(4001);
      assertThat(unopened.closeCode()).isEqualTo(4001);
    }
  }

  @Test
  void namesItsMetrics() throws Exception {
    try (TestGateway server = TestGateway.start();
        TestClient client = server.open(7, "d");
        HttpClient http = HttpClient.newHttpClient()) {
      client.request("test.echo", "{}");
      client.request("typing", "{}");
      try (TestClient bad = server.connect()) {
        bad.sendText("nonsense");
        bad.closeCode();
      }
      await().until(() -> server.counter("hongbao.gateway.closes", "code", "4505") == 1);
      String text =
          http.send(
                  HttpRequest.newBuilder(server.management("/metrics")).build(),
                  BodyHandlers.ofString())
              .body();

      assertThat(text)
          .contains(
              List.of(
                  "hongbao_gateway_sessions 1.0",
                  "hongbao_gateway_connections ",
                  "hongbao_gateway_closes_total{code=\"4505\"} 1.0",
                  "hongbao_gateway_requests_seconds_count{family=\"session\",op=\"session.open\",result=\"ok\"} 1",
                  "hongbao_gateway_requests_seconds_count{family=\"typing\",op=\"typing\",result=\"ok\"} 1",
                  "hongbao_gateway_requests_seconds_count{family=\"other\",op=\"test.echo\",result=\"ok\"} 1",
                  "hongbao_gateway_reply_bytes_total",
                  "hongbao_gateway_deliveries_total",
                  "hongbao_gateway_delivered_bytes_total",
                  "hongbao_gateway_skipped_total",
                  "hongbao_gateway_resyncs_total",
                  "hongbao_gateway_holes_total",
                  "hongbao_gateway_queue_bytes",
                  "hongbao_gateway_queue_overflows_total"));
    }
  }
}

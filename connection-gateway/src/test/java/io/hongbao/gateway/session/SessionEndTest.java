package io.hongbao.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.gateway.kit.RawClient;
import io.hongbao.gateway.kit.RawHttp;
import io.hongbao.gateway.kit.TestClient;
import io.hongbao.gateway.kit.TestGateway;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Why the server ends a connection, beside what opening and fan-out have of their own.
class SessionEndTest {

  private final TestGateway server = TestGateway.start("gateway.frame-bytes", "2048");

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "[]", "{\"op\":\"test.echo\"}", "{\"id\":\"1\",\"op\":\"a\"}"})
  void closesForWhatIsNoEnvelope(String frame) {
    try (TestClient client = server.open(7, "d")) {
      client.sendText(frame);
      assertThat(client.closeCode()).isEqualTo(4505);
    }
    assertThat(closes("4505")).isEqualTo(1);
  }

  @Test
  void closesForWhatIsNoEnvelopeBeforeOpening() {
    try (TestClient client = server.connect()) {
      client.sendText("nonsense");
      assertThat(client.closeCode()).isEqualTo(4505);
    }
  }

  @Test
  void closesForABinaryFrame() {
    try (TestClient client = server.open(7, "d")) {
      client.sendBinary(new byte[] {1, 2, 3});
      assertThat(client.closeCode()).isEqualTo(1003);
    }
  }

  @Test
  void takesAFrameOfTheLargestSize() {
    try (TestClient client = server.open(7, "d")) {
      client.sendText(padded(2_048));
      assertThat(client.next().has("data")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2_049, 100_000, 1_000_000})
  void closesForAFrameThatIsTooLarge(int bytes) throws IOException {
    try (RawClient client = RawClient.connect(server.uri())) {
      client.open("user-7", "d");
      client.sendText(padded(bytes));
      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void putsFragmentsTogether() {
    try (TestClient client = server.open(7, "d")) {
      String text = padded(2_000);
      client.socket().sendText(text.substring(0, 900), false).join();
      client.socket().sendPing(ByteBuffer.allocate(0)).join();
      client.socket().sendText(text.substring(900, 1_800), false).join();
      client.socket().sendText(text.substring(1_800), true).join();
      assertThat(client.next().has("data")).isTrue();
    }
  }

  @Test
  void closesForFragmentsThatAreTooLargeTogether() {
    try (TestClient client = server.open(7, "d")) {
      String text = padded(2_049);
      client.socket().sendText(text.substring(0, 1_500), false).join();
      client.socket().sendText(text.substring(1_500), true).join();
      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void closesForWhatIsNotUtf8() throws IOException {
    try (RawClient client = RawClient.connect(server.uri())) {
      client.open("user-7", "d");
      client.send(0x81, new byte[] {'{', (byte) 0xC0, (byte) 0xAF});
      assertThat(client.closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void closesForAFrameThatIsNotMasked() throws IOException {
    try (RawClient client = RawClient.connect(server.uri())) {
      client.open("user-7", "d");
      client.sendUnmasked(0x81, "{}".getBytes(StandardCharsets.UTF_8));
      assertThat(client.closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void pingsAndClosesWhereNothingComesBack() throws IOException {
    try (var watchful = TestGateway.start("session.heartbeat", "PT0.2S");
        RawClient client = RawClient.connect(watchful.uri())) {
      long begun = System.nanoTime();
      client.open("user-7", "d");
      RawClient.Frame ping = client.read();

      assertThat(ping.opcode()).isEqualTo(9);
      assertThat(client.closeCode()).isEqualTo(4010);
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
          .isGreaterThanOrEqualTo(500);
    }
  }

  /// For longer than the two and a half heartbeats after which silence would end it.
  @Test
  void staysOpenWhileAnythingComes() throws IOException {
    try (var watchful = TestGateway.start("session.heartbeat", "PT1S");
        RawClient client = RawClient.connect(watchful.uri())) {
      client.open("user-7", "d");
      for (int i = 0; i < 4; i++) {
        assertThat(client.read().opcode()).isEqualTo(9);
        client.send(0x8A, new byte[0]);
      }
    }
  }

  @Test
  void answersPings() throws IOException {
    try (RawClient client = RawClient.connect(server.uri())) {
      client.send(0x89, new byte[] {'h', 'i'});
      RawClient.Frame pong = client.read();
      assertThat(pong.opcode()).isEqualTo(10);
      assertThat(pong.payload()).asString().isEqualTo("hi");
    }
  }

  @Test
  void closesWhenTheTokenExpires() {
    try (TestClient client = server.connect()) {
      JsonNode opened = client.open("short-7-1000", "d");
      assertThat(client.closeCode()).isEqualTo(4002);
      assertThat(System.currentTimeMillis())
          .isGreaterThanOrEqualTo(opened.get("expiresAt").asLong());
    }
  }

  @Test
  void staysWhereTheTokenIsRefreshed() {
    try (TestClient client = server.connect()) {
      long expiresAt = client.open("short-7-2000", "d").get("expiresAt").asLong();
      JsonNode reply = client.request("session.refresh", "{\"token\":\"user-7\"}");
      assertThat(reply.at("/data/expiresAt").asLong())
          .isGreaterThan(System.currentTimeMillis() + 1_000_000);

      assertThat(client.poll(expiresAt - System.currentTimeMillis() + 700)).isNull();
      client.expectNothing();
    }
  }

  @Test
  void refusesARefreshWithAnothersToken() {
    try (TestClient client = server.open(7, "d")) {
      JsonNode error = client.request("session.refresh", "{\"token\":\"user-8\"}").get("error");
      assertThat(error.get("code").asText()).isEqualTo("invalid_argument");
      assertThat(error.get("field").asText()).isEqualTo("token");
      client.expectNothing();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"token\":\"nonsense\"}", "{}", "{\"token\":1}"})
  void closesForARefreshWithABadToken(String data) {
    try (TestClient client = server.open(7, "d")) {
      JsonNode reply = client.request("session.refresh", data);
      assertThat(reply.at("/error/code").asText()).isEqualTo("unauthenticated");
      assertThat(client.closeCode()).isEqualTo(4501);
    }
  }

  @Test
  void closesForARefreshWithAnExpiredToken() {
    try (TestClient client = server.open(7, "d")) {
      JsonNode reply = client.request("session.refresh", "{\"token\":\"expired-7\"}");
      assertThat(reply.at("/error/code").asText()).isEqualTo("unauthenticated");
      assertThat(client.closeCode()).isEqualTo(4002);
    }
  }

  @Test
  void staysOpenWhereARefreshIsUnavailable() {
    try (TestClient client = server.open(7, "d")) {
      server.identity.failNext(1);
      JsonNode reply = client.request("session.refresh", "{\"token\":\"user-7\"}");
      assertThat(reply.at("/error/code").asText()).isEqualTo("unavailable");
      client.expectNothing();
    }
  }

  @Test
  void replacesTheOlderSessionOfADevice() {
    try (TestClient other = server.open(7, "laptop");
        TestClient older = server.open(7, "phone");
        TestClient newer = server.open(7, "phone")) {
      assertThat(older.closeCode()).isEqualTo(4504);
      newer.expectNothing();
      other.expectNothing();
    }
  }

  @Test
  void leavesAnotherUsersDeviceOfThatName() {
    try (TestClient seven = server.open(7, "phone");
        TestClient eight = server.open(8, "phone")) {
      eight.expectNothing();
      seven.expectNothing();
    }
  }

  @Test
  void answersAClose() throws IOException {
    try (RawClient client = RawClient.connect(server.uri())) {
      client.open("user-7", "d");
      client.send(0x88, new byte[] {0x03, (byte) 0xE8});
      assertThat(client.closeCode()).isEqualTo(1000);
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(closes("client")).isEqualTo(1);
  }

  @Test
  void noticesAConnectionThatIsCut() throws IOException {
    try (RawClient client = RawClient.connect(server.uri())) {
      client.open("user-7", "d");
    }
    await().until(() -> closes("dropped") == 1);
    await().until(() -> server.push.users().isEmpty());
  }

  @Test
  void tellsAllToReconnectAndClosesWhoStays() {
    try (TestClient client = server.open(7, "d")) {
      Thread.ofVirtual().start(server::close);
      JsonNode event = client.next();
      assertThat(event.get("event").asText()).isEqualTo("reconnect");
      assertThat(event.at("/data/reason").asText()).isNotEmpty();
      assertThat(event.at("/data/afterMs").asLong()).isBetween(0L, 200L);
      assertThat(client.closeCode()).isEqualTo(4001);
    }
  }

  @Test
  void isNotReadyForAWhileBeforeItSendsAnybodyAway() {
    try (var leaving = TestGateway.start("gateway.drain-time", "PT1S");
        TestClient client = leaving.open(7, "d")) {
      Thread.ofVirtual().start(leaving::close);
      await().until(() -> readiness(leaving) == 503);
      try (TestClient late = leaving.open(8, "d")) {
        assertThat(late.next().get("event").asText()).isEqualTo("reconnect");
      }
      assertThat(client.next().get("event").asText()).isEqualTo("reconnect");
    }
  }

  @Test
  void sendsAwayWhoIsOpeningASessionWhileItLeaves() {
    try (var leaving = TestGateway.start("gateway.event-loops", "1", "gateway.leave-time", "PT5S");
        TestClient open = leaving.open(7, "d");
        TestClient opening = leaving.connect()) {
      var gate = new CompletableFuture<Void>();
      leaving.identity.waitFor(gate);
      long id = opening.send("session.open", "{\"token\":\"user-8\",\"deviceId\":\"d\"}");
      Thread.ofVirtual().start(leaving::close);
      assertThat(open.next().get("event").asText()).isEqualTo("reconnect");

      gate.complete(null);
      assertThat(opening.next().get("id").asLong()).isEqualTo(id);
      assertThat(opening.next().get("event").asText()).isEqualTo("reconnect");
    }
  }

  private static int readiness(TestGateway gateway) throws IOException {
    try (RawHttp http = RawHttp.connect(gateway.gateway.port())) {
      http.send("GET /health/ready HTTP/1.1\r\nhost: test\r\n\r\n");
      return http.read().status();
    }
  }

  private double closes(String code) {
    return server.counter("hongbao.gateway.closes", "code", code);
  }

  private static String padded(int bytes) {
    String start = "{\"id\":1,\"op\":\"test.echo\",\"data\":{\"a\":\"";
    String end = "\"}}";
    return start + "x".repeat(bytes - start.length() - end.length()) + end;
  }
}

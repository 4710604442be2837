package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.Server;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// "Envelope", "HTTP" and "Session" of the protocol over the wire.
@ExtendWith(ServerExtension.class)
final class SessionTest {

  private final int port;

  SessionTest(Server server) {
    this.port = server.port();
  }

  @Test
  void tellsWhoAndWhatAtTheOpening() {
    var account = WireClient.register(port, "阿福 🧧");
    try (var client = WireClient.connect(port, account)) {
      JsonNode open =
          client.ask("session.open", Map.of("token", account.token(), "deviceId", "phone"));
      assertThat(open.get("user").get("userId").textValue()).isEqualTo(account.userId());
      assertThat(open.get("user").get("nickname").textValue()).isEqualTo("阿福 🧧");
      assertThat(open.get("sessionId").isTextual()).isTrue();
      assertThat(open.get("node").isTextual()).isTrue();
      assertThat(open.get("heartbeatMs").longValue()).isEqualTo(30_000);
      assertThat(open.get("expiresAt").longValue()).isGreaterThan(open.get("serverAt").longValue());
      JsonNode limits = open.get("limits");
      assertThat(limits.get("frameBytes").intValue()).isEqualTo(65_536);
      assertThat(limits.get("textCharacters").intValue()).isEqualTo(5_000);
      assertThat(limits.get("groupMembers").intValue()).isEqualTo(500);
      assertThat(limits.get("historyPage").intValue()).isEqualTo(200);
      assertThat(limits.get("requestsPerSecond").intValue()).isEqualTo(100);
      assertThat(limits.get("imageBytes").longValue()).isEqualTo(20 << 20);
      assertThat(limits.get("videoBytes").longValue()).isEqualTo(200 << 20);
      assertThat(client.ask("session.ping", Map.of()).get("serverAt").longValue()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "[1]",
        "7",
        "{\"id\":0,\"op\":\"session.ping\"}",
        "{\"id\":-1,\"op\":\"session.ping\"}",
        "{\"id\":\"1\",\"op\":\"session.ping\"}",
        "{\"id\":1.5,\"op\":\"session.ping\"}",
        "{\"op\":\"session.ping\"}",
        "{\"id\":1}",
        "{\"id\":1,\"op\":7}"
      })
  void closesWhatIsNoEnvelope(String frame) {
    try (var client = WireClient.join(port, "Ann")) {
      client.raw(frame);
      assertThat(client.awaitClose()).isEqualTo(4505);
    }
  }

  @Test
  void answersUnknownOperationsAndGoesOn() {
    try (var client = WireClient.join(port, "Ann")) {
      assertThat(client.refusal("no.such", Map.of())).isEqualTo("unknown_op");
      assertThat(client.refusal("account.create", Map.of())).isEqualTo("unknown_op");
      client.raw("{\"id\":77,\"op\":\"session.ping\"}");
      assertThat(client.replyTo(77).join().has("data")).isTrue();
      client.raw("{\"id\":78,\"op\":\"conversation.list\",\"data\":[]}");
      JsonNode error = client.replyTo(78).join().get("error");
      assertThat(error.get("code").textValue()).isEqualTo("invalid_argument");
      assertThat(error.get("field").textValue()).isEqualTo("data");
    }
  }

  @Test
  void closesForABadToken() {
    var account = WireClient.register(port, "Ann");
    for (Object token : List.of("x.y.z", "", 7)) {
      try (var client = WireClient.connect(port, account)) {
        assertThat(client.refusal("session.open", Map.of("token", token, "deviceId", "d")))
            .isEqualTo("unauthenticated");
        assertThat(client.awaitClose()).isEqualTo(4501);
      }
    }
  }

  @Test
  void closesForAnotherFirstFrame() {
    try (var client = WireClient.connect(port, WireClient.register(port, "Ann"))) {
      assertThat(client.refusal("conversation.list", Map.of())).isEqualTo("unauthenticated");
      assertThat(client.awaitClose()).isEqualTo(4003);
    }
  }

  @Test
  void replacesTheOlderSessionOfADevice() {
    var account = WireClient.register(port, "Ann");
    try (var older = WireClient.open(port, account, "phone");
        var other = WireClient.open(port, account, "laptop");
        var newer = WireClient.open(port, account, "phone")) {
      assertThat(older.awaitClose()).isEqualTo(4504);
      assertThat(newer.ask("session.ping", Map.of()).has("serverAt")).isTrue();
      assertThat(other.isClosed()).isFalse();
    }
  }

  @Test
  void refusesASecondOpeningAndAnothersToken() {
    var ann = WireClient.register(port, "Ann");
    var bob = WireClient.register(port, "Bob");
    try (var client = WireClient.open(port, ann, "phone")) {
      assertThat(client.refusal("session.open", Map.of("token", ann.token(), "deviceId", "phone")))
          .isEqualTo("invalid_argument");
      assertThat(client.refusal("session.refresh", Map.of("token", bob.token())))
          .isEqualTo("invalid_argument");
      assertThat(client.ask("session.refresh", Map.of("token", ann.token())).has("expiresAt"))
          .isTrue();
    }
  }

  @Test
  void closesForALargeOrABinaryFrame() {
    try (var client = WireClient.join(port, "Ann")) {
      client.raw(
          "{\"id\":5,\"op\":\"session.ping\",\"data\":{\"x\":\"" + "y".repeat(1 << 20) + "\"}}");
      assertThat(client.awaitClose()).isIn(1009, 1006);
    }
    try (var client = WireClient.join(port, "Ann")) {
      client.rawBinary(new byte[] {1, 2, 3});
      assertThat(client.awaitClose()).isEqualTo(1003);
    }
  }

  @Test
  void answersHttpErrorsAsProblems() {
    var response =
        WireClient.post(
            port,
            "/api/v1/accounts",
            Map.of("username", "NO", "password", "12345678", "nickname", "x"));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    JsonNode problem = WireClient.json(response.body());
    assertThat(problem.get("code").textValue()).isEqualTo("invalid_argument");
    assertThat(problem.get("field").textValue()).isEqualTo("username");

    var account = WireClient.register(port, "Ann");
    assertThat(
            WireClient.post(
                    port,
                    "/api/v1/tokens",
                    Map.of("username", account.username(), "password", "wrong horse"))
                .statusCode())
        .isEqualTo(401);
    assertThat(
            WireClient.post(
                    port,
                    "/api/v1/tokens",
                    Map.of("username", account.username(), "password", "correct horse"))
                .statusCode())
        .isEqualTo(200);
    assertThat(
            WireClient.post(
                    port,
                    "/api/v1/accounts",
                    Map.of(
                        "username",
                        account.username(),
                        "password",
                        "correct horse",
                        "nickname",
                        "x"))
                .statusCode())
        .isEqualTo(409);
  }

  @Test
  void servesHealthAndThePage() {
    assertThat(WireClient.get(port, "/health/live").statusCode()).isEqualTo(200);
    assertThat(WireClient.get(port, "/health/ready").statusCode()).isEqualTo(200);
    var page = WireClient.get(port, "/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<html");
    assertThat(WireClient.get(port, "/..%2f..%2fetc/passwd").statusCode()).isIn(400, 404);
  }
}

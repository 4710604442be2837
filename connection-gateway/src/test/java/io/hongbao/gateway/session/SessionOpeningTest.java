package io.hongbao.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.gateway.kit.FakePush;
import io.hongbao.gateway.kit.TestClient;
import io.hongbao.gateway.kit.TestGateway;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SessionOpeningTest {

  private final TestGateway server = TestGateway.start("session.open-timeout", "PT1S");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersWithAllThatTheProtocolNames() {
    try (TestClient client = server.connect()) {
      JsonNode data = client.open("user-7", "phone");

      assertThat(data.get("sessionId").isTextual()).isTrue();
      assertThat(data.get("node").isTextual()).isTrue();
      assertThat(data.get("user").toString())
          .isEqualTo("{\"userId\":\"7\",\"username\":\"name7\",\"nickname\":\"Nick 7\"}");
      assertThat(data.get("serverAt").asLong())
          .isCloseTo(System.currentTimeMillis(), within(60_000L));
      assertThat(data.get("expiresAt").asLong()).isGreaterThan(System.currentTimeMillis());
      assertThat(data.get("heartbeatMs").asLong()).isEqualTo(30_000);
      assertThat(data.get("features").toString()).isEqualTo("[\"redpacket\",\"tests\"]");
      assertThat(data.get("limits").toString())
          .isEqualTo(
              "{\"frameBytes\":65536,\"textCharacters\":5000,\"groupMembers\":500,\"historyPage\":200,"
                  + "\"requestsPerSecond\":100,\"imageBytes\":20971520,\"audioBytes\":20971520,"
                  + "\"videoBytes\":209715200,\"fileBytes\":209715200}");
    }
  }

  static Stream<Arguments> refusedOpenings() {
    return Stream.of(
        Arguments.of("a bad token", "{\"token\":\"nonsense\",\"deviceId\":\"d\"}", 4501),
        Arguments.of("no token", "{\"deviceId\":\"d\"}", 4501),
        Arguments.of("no data", "{}", 4501),
        Arguments.of("a token that is null", "{\"token\":null,\"deviceId\":\"d\"}", 4501),
        Arguments.of("a token that is a number", "{\"token\":5,\"deviceId\":\"d\"}", 4501),
        Arguments.of("an empty token", "{\"token\":\"\",\"deviceId\":\"d\"}", 4501),
        Arguments.of("an expired token", "{\"token\":\"expired-7\",\"deviceId\":\"d\"}", 4002));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedOpenings")
  void refusesATokenAndCloses(String what, String data, int closeCode) {
    try (TestClient client = server.connect()) {
      JsonNode reply = client.request("session.open", data);

      assertThat(reply.at("/error/code").asText()).as(what).isEqualTo("unauthenticated");
      assertThat(reply.at("/id").asLong()).isEqualTo(1);
      assertThat(client.closeCode()).isEqualTo(closeCode);
    }
  }

  @Test
  void asksWhoItIsWithTheTraceOfTheRequest() {
    try (TestClient client = server.connect()) {
      JsonNode reply =
          client.request("session.open", "{\"token\":\"nonsense\",\"deviceId\":\"d\"}");

      assertThat(server.identity.trace()).hasToString(reply.at("/error/traceId").asText());
    }
  }

  @Test
  void closesADisabledAccount() {
    try (TestClient client = server.connect()) {
      JsonNode reply =
          client.request("session.open", "{\"token\":\"disabled\",\"deviceId\":\"d\"}");

      assertThat(reply.at("/error/code").asText()).isEqualTo("forbidden");
      assertThat(client.closeCode()).isEqualTo(4503);
    }
  }

  @Test
  void closesWhereTheFirstFrameIsAnotherRequest() {
    try (TestClient client = server.connect()) {
      JsonNode reply = client.request("test.echo", "{}");

      assertThat(reply.at("/error/code").asText()).isEqualTo("unauthenticated");
      assertThat(client.closeCode()).isEqualTo(4003);
      assertThat(server.service.requests()).isEmpty();
    }
  }

  @Test
  void closesWhatIsNotOpenedInTime() {
    try (TestClient client = server.connect()) {
      assertThat(client.closeCode()).isEqualTo(4003);
    }
  }

  static Stream<Arguments> invalidFields() {
    return Stream.of(
        Arguments.of("{\"token\":\"user-7\"}", "deviceId"),
        Arguments.of("{\"token\":\"user-7\",\"deviceId\":\"\"}", "deviceId"),
        Arguments.of("{\"token\":\"user-7\",\"deviceId\":7}", "deviceId"),
        Arguments.of("{\"token\":\"user-7\",\"deviceId\":null}", "deviceId"),
        Arguments.of(
            "{\"token\":\"user-7\",\"deviceId\":\"%s\"}".formatted("x".repeat(65)), "deviceId"),
        Arguments.of("{\"token\":\"user-7\",\"deviceId\":\"d\",\"platform\":1}", "platform"),
        Arguments.of("[]", "data"),
        Arguments.of("null", "data"),
        Arguments.of("\"user-7\"", "data"),
        Arguments.of("{\"token\":\"user-7\",\"token\":\"user-8\",\"deviceId\":\"d\"}", "data"));
  }

  @ParameterizedTest
  @MethodSource("invalidFields")
  void letsAClientTryAgainAfterAnInvalidField(String data, String field) {
    try (TestClient client = server.connect()) {
      JsonNode error = client.request("session.open", data).get("error");

      assertThat(error.get("code").asText()).isEqualTo("invalid_argument");
      assertThat(error.get("field").asText()).isEqualTo(field);
      client.open("user-7", "x".repeat(64));
    }
  }

  @Test
  void closesInTimeAfterAnInvalidField() {
    try (TestClient client = server.connect()) {
      client.request("session.open", "{\"token\":\"user-7\"}");
      assertThat(client.closeCode()).isEqualTo(4003);
    }
  }

  @Test
  void letsAClientTryAgainAfterAnOutage() {
    server.identity.failNext(1);
    try (TestClient client = server.connect()) {
      String data = "{\"token\":\"user-7\",\"deviceId\":\"d\"}";
      JsonNode error = client.request("session.open", data).get("error");

      assertThat(error.get("code").asText()).isEqualTo("unavailable");
      assertThat(error.get("retryAfterMs").asLong()).isEqualTo(1_234);

      server.identity.crashNext(1);
      assertThat(client.request("session.open", data).at("/error/code").asText())
          .isEqualTo("unavailable");

      server.memberships.failNext(1);
      JsonNode third = client.request("session.open", data).get("error");
      assertThat(third.get("code").asText()).isEqualTo("unavailable");
      assertThat(third.get("retryAfterMs").asLong()).isPositive();
      assertThat(server.push.users()).isEmpty();

      client.open("user-7", "d");
      assertThat(server.push.users()).containsExactly(7L);
    }
  }

  @Test
  void carriesOutWhatIsPipelinedBehindTheOpening() {
    var gate = new CompletableFuture<Void>();
    server.identity.waitFor(gate);
    try (TestClient client = server.connect()) {
      client.send("session.open", "{\"token\":\"user-7\",\"deviceId\":\"d\"}");
      for (int i = 2; i <= 50; i++) {
        client.send("test.echo", "{\"n\":%d}".formatted(i));
      }
      assertThat(client.poll(50)).isNull();
      gate.complete(null);

      for (int id = 1; id <= 50; id++) {
        JsonNode reply = client.next();
        assertThat(reply.get("id").asInt()).isEqualTo(id);
        assertThat(reply.has("data")).isTrue();
      }
    }
  }

  @Test
  void answersWhatIsPipelinedBehindAnOpeningThatFailed() {
    var gate = new CompletableFuture<Void>();
    server.identity.waitFor(gate);
    server.identity.failNext(1);
    try (TestClient client = server.connect()) {
      client.send("session.open", "{\"token\":\"user-7\",\"deviceId\":\"d\"}");
      client.send("test.echo", "{}");
      client.send("session.open", "{\"token\":\"user-7\",\"deviceId\":\"d\"}");
      client.send("test.echo", "{}");
      gate.complete(null);

      assertThat(client.next().at("/error/code").asText()).isEqualTo("unavailable");
      JsonNode second = client.next();
      assertThat(second.at("/error/code").asText()).isEqualTo("unavailable");
      assertThat(second.at("/error/retryAfterMs").asLong()).isEqualTo(1_234);
      assertThat(client.next().at("/data/user/userId").asText()).isEqualTo("7");
      assertThat(client.next().get("data").toString()).isEqualTo("{}");
    }
  }

  @Test
  void refusesASecondOpening() {
    try (TestClient client = server.open(7, "d")) {
      JsonNode error =
          client.request("session.open", "{\"token\":\"user-7\",\"deviceId\":\"d\"}").get("error");

      assertThat(error.get("code").asText()).isEqualTo("invalid_argument");
      assertThat(error.get("field").asText()).isEqualTo("data");
      client.expectNothing();
    }
  }

  @Test
  void tellsServicesWhoAsks() {
    try (TestClient client = server.open(7, "phone")) {
      client.request("test.echo", "{\"a\": 1}");

      var request = server.service.requests().getFirst();
      assertThat(request.caller().userId()).isEqualTo(7);
      assertThat(request.caller().deviceId()).isEqualTo("phone");
      assertThat(request.caller().sessionId()).isPositive();
      assertThat(request.caller().address()).isEqualTo("127.0.0.1");
      assertThat(request.data()).asString().isEqualTo("{\"a\": 1}");
    }
  }

  @Test
  void tellsThePushServiceWhatItHas() {
    server.memberships.put(7, 10, 5);
    server.memberships.put(7, 20, 5);
    server.memberships.put(8, 20, 5);
    TestClient seven = server.open(7, "a");
    TestClient sevenAgain = server.open(7, "b");
    TestClient eight = server.open(8, "a");
    assertThat(server.push.users()).containsExactlyInAnyOrder(7L, 8L);
    assertThat(server.push.groups()).containsExactlyInAnyOrder(10L, 20L);

    seven.close();
    eight.close();
    await().until(() -> !server.push.users().contains(8L));
    assertThat(server.push.users()).containsExactly(7L);
    assertThat(server.push.groups()).containsExactlyInAnyOrder(10L, 20L);

    sevenAgain.close();
    await().until(() -> server.push.users().isEmpty());
    await().until(() -> server.push.groups().isEmpty());
  }

  @Test
  void knowsOfARemovalThatCameWhileItWasOpening() {
    server.memberships.put(7, 10, 5);
    server.memberships.put(7, 20, 5);
    server.memberships.afterReading(
        _ -> {
          server.push.run(10, 6, 6, FakePush.leaves(7, 6));
          server.push.run(20, 4, 4, FakePush.leaves(7, 4)); // older than what was read
          server.push.run(30, 1, 2, FakePush.joins(7, 2));
        });
    try (TestClient client = server.open(7, "d")) {
      assertThat(server.push.groups()).containsExactlyInAnyOrder(20L, 30L);

      server.push.run(10, 7, 7);
      server.push.run(20, 6, 6);
      client.expectMessage(20, 6);
      server.push.run(30, 3, 3);
      client.expectMessage(30, 3);
      client.expectNothing();
    }
  }
}

package io.hongbao.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.wire.Json;
import io.hongbao.gateway.kit.FakeService;
import io.hongbao.gateway.kit.RawClient;
import io.hongbao.gateway.kit.TestClient;
import io.hongbao.gateway.kit.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestsTest {

  private static final int IN_FLIGHT = 4;

  private final TestGateway server =
      TestGateway.start(
          "session.requests-in-flight", String.valueOf(IN_FLIGHT),
          "session.requests-per-second", "50",
          "session.requests-burst", "200");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersPing() {
    try (TestClient client = server.open(7, "d")) {
      JsonNode reply = client.request("session.ping", "{}");
      assertThat(reply.at("/data/serverAt").asLong())
          .isCloseTo(System.currentTimeMillis(), within(60_000L));
    }
  }

  @Test
  void namesTheRequestInItsErrorAndToItsService() {
    try (TestClient client = server.open(7, "d")) {
      JsonNode refused = client.request("test.nonsense", "{}").get("error");
      assertThat(server.service.requests())
          .extracting(request -> request.trace().toString())
          .containsExactly(refused.get("traceId").asText());

      JsonNode byTheGateway = client.request("session.nonsense", "{}").get("error");
      assertThat(byTheGateway.get("traceId").asText())
          .matches("[0-9a-f]{32}")
          .isNotEqualTo(refused.get("traceId").asText());
      assertThat(client.request("test.echo", "{}").toString()).doesNotContain("traceId");
    }
  }

  @Test
  void splicesTheServicesBytes() throws IOException {
    try (RawClient client = RawClient.connect(server.uri())) {
      client.open("user-7", "d");
      client.sendText("{\"op\":\"test.echo\",\"data\":{ \"a\" : [1, 2] },\"id\":9007199254740992}");
      assertThat(client.readText())
          .isEqualTo("{\"id\":9007199254740992,\"data\":{ \"a\" : [1, 2] }}");
    }
  }

  @Test
  void answersUnknownOperationsWithoutEnding() {
    try (TestClient client = server.open(7, "d")) {
      for (String op : List.of("nonsense", "", ".", "session.nonsense", "group.nonsense")) {
        JsonNode reply = client.request(op, "{}");
        assertThat(reply.at("/error/code").asText()).as(op).isEqualTo("unknown_op");
      }
      client.expectNothing();
    }
    assertThat(
            server
                .meters
                .get("hongbao.gateway.requests")
                .tags("family", "other", "result", "unknown_op")
                .timer()
                .count())
        .isEqualTo(5);
  }

  @Test
  void countsByOperationOnceItHasSucceeded() {
    try (TestClient client = server.open(7, "d")) {
      client.request("test.echo", "[]");
      client.request("test.echo", "{}");
      client.request("test.echo", "[]");
    }
    assertThat(requests("test.echo", "ok")).isEqualTo(1);
    assertThat(requests("test.echo", "invalid_argument")).isEqualTo(1);
    assertThat(requests("other", "invalid_argument")).isEqualTo(1);
  }

  private long requests(String op, String result) {
    return server
        .meters
        .get("hongbao.gateway.requests")
        .tags("op", op, "result", result)
        .timer()
        .count();
  }

  @Test
  void answersDataThatIsNoObject() {
    try (TestClient client = server.open(7, "d")) {
      for (String data : List.of("[]", "null", "1", "\"x\"", "true")) {
        JsonNode error = client.request("test.echo", data).get("error");
        assertThat(error.get("code").asText()).isEqualTo("invalid_argument");
        assertThat(error.get("field").asText()).isEqualTo("data");
      }
      client.expectNothing();
    }
    assertThat(server.service.requests()).isEmpty();
  }

  @Test
  void routesByPrefix() {
    try (TestClient client = server.open(7, "d")) {
      client.request("redpacket.grab", "{}");
      client.request("redpacket", "{}");
      client.request("wallet.get", "{}");
    }
    assertThat(server.redPackets.requests()).hasSize(1);
    assertThat(server.service.requests()).hasSize(2);
  }

  @Test
  void answersInternalWhereAServiceFails() {
    try (TestClient client = server.open(7, "d")) {
      assertThat(client.request("test.fail", "{}").at("/error/code").asText())
          .isEqualTo("internal");
      client.expectNothing();
    }
  }

  @Test
  void answersEachRequestWhenItIsReady() throws InterruptedException {
    try (TestClient client = server.open(7, "d")) {
      long slow = client.send("test.hold", "{\"n\":1}");
      long quick = client.send("test.echo", "{\"n\":2}");
      assertThat(client.next().get("id").asLong()).isEqualTo(quick);

      server.service.held().take().succeed();
      assertThat(client.next().get("id").asLong()).isEqualTo(slow);
    }
  }

  @Test
  void keepsTheOrderAcrossServices() throws InterruptedException {
    try (TestClient client = server.open(7, "d")) {
      long slow = client.send("test.hold", "{}");
      long grab = client.send("redpacket.grab", "{}");
      long quick = client.send("test.echo", "{}");
      client.send("session.ping", "{}");
      assertThat(client.next().at("/data/serverAt").isNumber()).isTrue();
      assertThat(server.service.requests()).hasSize(1);
      assertThat(server.redPackets.requests()).isEmpty();

      server.service.held().take().succeed();
      for (long id : List.of(slow, grab, quick)) {
        assertThat(client.next().get("id").asLong()).isEqualTo(id);
      }
      assertThat(server.redPackets.requests()).hasSize(1);
    }
  }

  @Test
  void readsNoFurtherAtTheBoundAndLosesNothing() throws Exception {
    try (RawClient client = RawClient.connect(server.uri())) {
      client.open("user-7", "d");
      var requests = new ArrayList<String>();
      for (int id = 2; id <= 101; id++) {
        requests.add("{\"id\":%d,\"op\":\"test.hold\",\"data\":{\"n\":%d}}".formatted(id, id));
      }
      client.sendTogether(requests);

      for (int id = 2; id <= 101; id++) {
        FakeService.Held held = server.service.held().poll(10, TimeUnit.SECONDS);
        assertThat(held).isNotNull();
        assertThat(held.request().data()).asString().isEqualTo("{\"n\":%d}".formatted(id));
        assertThat(server.service.requests().size()).isLessThanOrEqualTo(id - 2 + IN_FLIGHT);
        held.succeed();
        assertThat(Json.mapper().readTree(client.readText()).get("id").asInt()).isEqualTo(id);
      }
    }
  }

  @Test
  void leavesMoreThanItHoldsInTheSocket() throws Exception {
    try (RawClient client = RawClient.connect(server.uri())) {
      client.open("user-7", "d");
      String padding = "x".repeat(60_000);
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int id = 2; id <= 161; id++) {
                      try {
                        client.sendText(
                            "{\"id\":%d,\"op\":\"test.hold\",\"data\":{\"p\":\"%s\"}}"
                                .formatted(id, padding));
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    }
                  });
      await().until(() -> server.service.requests().size() == IN_FLIGHT);
      for (int id = 2; id <= 161; id++) {
        FakeService.Held held = server.service.held().poll(10, TimeUnit.SECONDS);
        assertThat(held).isNotNull();
        held.succeed();
        assertThat(client.readText()).startsWith("{\"id\":" + id + ",");
      }
      sender.join();
    }
  }

  @Test
  void endsASessionOfWhichTooMuchWasDecodedAhead() throws IOException {
    try (RawClient client =
        RawClient.connect(server.uri(), "Sec-WebSocket-Extensions: permessage-deflate")) {
      client.open("user-7", "d");
      String padding = "x".repeat(60_000);
      for (int id = 2; id <= 21; id++) { // large ones, until the socket is read in large pieces
        client.sendText(
            "{\"id\":%d,\"op\":\"session.ping\",\"data\":{\"p\":\"%s\"}}".formatted(id, padding));
      }
      for (int id = 2; id <= 21; id++) {
        assertThat(client.readText()).startsWith("{\"id\":" + id + ",");
      }
      var requests = new ArrayList<String>();
      for (int id = 22; id <= 121; id++) { // each a hundred bytes or so as it is sent
        requests.add(
            "{\"id\":%d,\"op\":\"test.hold\",\"data\":{\"p\":\"%s\"}}".formatted(id, padding));
      }
      client.sendTogetherCompressed(requests);
      assertThat(client.closeCode()).isEqualTo(4506);
    }
    assertThat(server.service.requests()).hasSizeLessThanOrEqualTo(IN_FLIGHT);
  }

  @Test
  void tellsWhenTheNextRequestMayCome() {
    try (TestClient client = server.open(7, "d")) {
      JsonNode refused = client.request("session.ping", "{}");
      for (int i = 0; i < 1_000 && !refused.has("error"); i++) {
        refused = client.request("session.ping", "{}");
      }
      assertThat(refused.at("/error/code").asText()).isEqualTo("rate_limited");
      long retryAfterMs = refused.at("/error/retryAfterMs").asLong();
      assertThat(retryAfterMs).isBetween(1L, 21L);

      Executor then = CompletableFuture.delayedExecutor(retryAfterMs, TimeUnit.MILLISECONDS);
      assertThat(
              CompletableFuture.supplyAsync(() -> client.request("session.ping", "{}"), then)
                  .join()
                  .has("data"))
          .isTrue();
    }
  }

  @Test
  void endsASessionThatIgnoresTheLimit() throws IOException {
    try (RawClient client = RawClient.connect(server.uri())) {
      client.open("user-7", "d");
      var requests = new ArrayList<String>();
      for (int id = 2; id <= 2_000; id++) {
        requests.add("{\"id\":%d,\"op\":\"session.ping\"}".formatted(id));
      }
      client.sendTogether(requests);
      assertThat(client.closeCode()).isEqualTo(4506);
    }
  }

  @Test
  void doesNotEndASessionForOneBurst() throws IOException {
    try (RawClient client = RawClient.connect(server.uri())) {
      client.open("user-7", "d");
      var requests = new ArrayList<String>();
      for (int id = 2; id <= 500; id++) {
        requests.add("{\"id\":%d,\"op\":\"session.ping\"}".formatted(id));
      }
      client.sendTogether(requests);
      int refused = 0;
      for (int id = 2; id <= 500; id++) {
        String reply = client.readText();
        assertThat(reply).startsWith("{\"id\":" + id + ",");
        refused += reply.contains("rate_limited") ? 1 : 0;
      }
      assertThat(refused).isBetween(150, 300);
    }
  }
}

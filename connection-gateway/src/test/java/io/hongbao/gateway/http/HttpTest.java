package io.hongbao.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.wire.Json;
import io.hongbao.gateway.kit.RawHttp;
import io.hongbao.gateway.kit.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {

  private static final TestGateway SERVER =
      TestGateway.start("gateway.origins", "https://chat.example.com, http://localhost:3000");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void createsAccountsThroughTheExchange() throws Exception {
    HttpResponse<String> answer =
        post("/api/v1/accounts", "{\"username\":\"a\"}", "content-type", "application/json");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("{\"username\":\"a\"}");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    var request = SERVER.service.requests().getLast();
    assertThat(request.op()).isEqualTo("account.create");
    assertThat(request.caller().isAnonymous()).isTrue();
    assertThat(request.caller().address()).isEqualTo("127.0.0.1");
  }

  @Test
  void issuesTokensThroughTheExchange() throws Exception {
    HttpResponse<String> answer =
        post("/api/v1/tokens", "{}", "content-type", "Application/JSON; charset=utf-8");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(SERVER.service.requests().getLast().op()).isEqualTo("account.token");
  }

  @Test
  void sendsOnToAnAvatar() throws Exception {
    HttpResponse<String> answer = get(SERVER.http("/avatars/7"));

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("location")).hasValue("http://store/7?signed");
    assertThat(answer.headers().firstValue("cache-control")).hasValue("private, max-age=1800");
    assertThat(answer.body()).isEmpty();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(Refusal.invalid("username", "too short"), 400, ""),
        Arguments.of(Refusal.of(ErrorCode.BAD_CREDENTIALS, "no"), 401, ""),
        Arguments.of(Refusal.of(ErrorCode.USERNAME_TAKEN, "no"), 409, ""),
        Arguments.of(Refusal.retryAfter(ErrorCode.RATE_LIMITED, "no", 1_001), 429, "2"),
        Arguments.of(Refusal.retryAfter(ErrorCode.RATE_LIMITED, "no", 1_000), 429, "1"),
        Arguments.of(Refusal.retryAfter(ErrorCode.RATE_LIMITED, "no", 1), 429, "1"),
        Arguments.of(Refusal.retryAfter(ErrorCode.UNAVAILABLE, "no", 60_000), 503, "60"),
        Arguments.of(Refusal.of(ErrorCode.INTERNAL, "no"), 500, ""));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void tellsARefusalAsAProblem(Refusal refusal, int status, String retryAfter) throws Exception {
    HttpAnswer answer = HttpAnswer.problem(refusal);
    JsonNode problem = Json.mapper().readTree(answer.body());

    assertThat(answer.status().code()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.headers().getOrDefault("retry-after", "")).isEqualTo(retryAfter);
    assertThat(problem.get("code").asText()).isEqualTo(refusal.code().wireName());
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("title").asText()).isNotEmpty();
    assertThat(problem.get("detail").asText()).isEqualTo(refusal.message());
    assertThat(problem.has("field")).isEqualTo(refusal.field() != null);
    assertThat(problem.has("retryAfterMs")).isEqualTo(refusal.retryAfterMs() != null);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("GET", "/api/v1/accounts", "", 405, "invalid_argument"),
        Arguments.of("DELETE", "/api/v1/tokens", "", 405, "invalid_argument"),
        Arguments.of("POST", "/health/live", "", 405, "invalid_argument"),
        Arguments.of("POST", "/", "", 405, "invalid_argument"),
        Arguments.of("POST", "/ws", "", 405, "invalid_argument"),
        Arguments.of("GET", "/ws", "", 426, "invalid_argument"),
        Arguments.of("GET", "/api/v1/nonsense", "", 404, "not_found"),
        Arguments.of("GET", "/avatars/9", "", 404, "not_found"),
        Arguments.of("GET", "/avatars/", "", 404, "not_found"),
        Arguments.of("GET", "/avatars/7/7", "", 404, "not_found"),
        Arguments.of("GET", "/avatars/8", "", 503, "unavailable"),
        Arguments.of("POST", "/avatars/7", "", 405, "invalid_argument"),
        Arguments.of("POST", "/api/v1/tokens", "text/plain", 415, "invalid_argument"),
        Arguments.of(
            "POST",
            "/api/v1/accounts",
            "application/x-www-form-urlencoded",
            415,
            "invalid_argument"));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("faults")
  void answersFaultsAsProblems(
      String method, String path, String contentType, int status, String code) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SERVER.http(path)).method(method, BodyPublishers.ofString("{}"));
    if (!contentType.isEmpty()) {
      request.header("content-type", contentType);
    }
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(Json.mapper().readTree(answer.body()).get("code").asText()).isEqualTo(code);
    assertThat(answer.headers().firstValue("allow").isPresent()).isEqualTo(status == 405);
  }

  @ParameterizedTest
  @ValueSource(ints = {65_537, 5_000_000})
  void refusesABodyThatIsTooLarge(int bytes) throws Exception {
    HttpResponse<String> answer =
        post("/api/v1/accounts", "x".repeat(bytes), "content-type", "application/json");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("\"code\":\"invalid_argument\"");
  }

  @Test
  void takesABodyOfTheLargestSize() throws Exception {
    assertThat(post("/api/v1/accounts", "x".repeat(65_536)).statusCode()).isEqualTo(201);
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    try (RawHttp http = RawHttp.connect(SERVER.gateway.port())) {
      var requests = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        String body = "{\"n\":" + i + "}";
        requests.append(
            "POST /api/v1/tokens HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body));
        requests.append("GET /health/ready HTTP/1.1\r\nHost: h\r\n\r\n");
      }
      http.send(requests.toString());
      for (int i = 0; i < 200; i++) {
        assertThat(http.read().body()).isEqualTo("{\"n\":" + i + "}");
        assertThat(http.read().body()).isEqualTo("{\"status\":\"up\",\"missing\":[]}");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST /api/v1/tokens HTTP/1.1\r\nContent-Length: x\r\n\r\n"
      })
  void answersWhatIsNoRequestAndEnds(String bytes) throws IOException {
    try (RawHttp http = RawHttp.connect(SERVER.gateway.port())) {
      http.send(bytes);
      RawHttp.Response response = http.read();
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.header("connection")).isEqualTo("close");
    }
  }

  @Test
  void answersLinesAndHeadersThatAreTooLong() throws IOException {
    try (RawHttp http = RawHttp.connect(SERVER.gateway.port())) {
      http.send("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n\r\n");
      assertThat(http.read().status()).isEqualTo(414);
    }
    try (RawHttp http = RawHttp.connect(SERVER.gateway.port())) {
      http.send("GET / HTTP/1.1\r\nA: " + "x".repeat(20_000) + "\r\n\r\n");
      assertThat(http.read().status()).isEqualTo(431);
    }
  }

  @Test
  void endsAfterTheAnswerWhereTheClientWantsIt() throws IOException {
    try (RawHttp http = RawHttp.connect(SERVER.gateway.port())) {
      http.send("GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertThat(http.read().status()).isEqualTo(200);
      assertThat(http.isAtEnd()).isTrue();
    }
  }

  @Test
  void letsPagesOfAllowedOriginsCall() throws Exception {
    HttpResponse<String> answer =
        post("/api/v1/tokens", "{}", "origin", "https://chat.example.com");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("access-control-allow-origin"))
        .hasValue("https://chat.example.com");

    var preflight =
        HttpRequest.newBuilder(SERVER.http("/api/v1/tokens"))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("origin", "http://localhost:3000")
            .header("access-control-request-method", "POST")
            .build();
    HttpResponse<String> allowed = HTTP.send(preflight, BodyHandlers.ofString());
    assertThat(allowed.statusCode()).isEqualTo(204);
    assertThat(allowed.headers().firstValue("access-control-allow-headers"))
        .hasValue("content-type");

    assertThat(post("/api/v1/tokens", "{}", "origin", "https://evil.example.com").statusCode())
        .isEqualTo(403);
  }

  @Test
  void tellsWhatIsMissing() throws Exception {
    assertThat(get(SERVER.http("/health/live")).statusCode()).isEqualTo(200);
    assertThat(get(SERVER.http("/health/ready")).statusCode()).isEqualTo(200);
    assertThat(get(SERVER.management("/health/ready")).statusCode()).isEqualTo(200);

    var release = new CountDownLatch(1);
    var parts = new LinkedHashMap<String, BooleanSupplier>();
    parts.put("mysql", () -> false);
    parts.put("redis", () -> isReleased(release));
    parts.put(
        "s3",
        () -> {
          throw new IllegalStateException("on purpose");
        });
    try (TestGateway other = TestGateway.withParts(parts)) {
      HttpResponse<String> down = get(other.http("/health/ready"));
      assertThat(down.statusCode()).isEqualTo(503);
      assertThat(down.body())
          .isEqualTo("{\"status\":\"down\",\"missing\":[\"mysql\",\"redis\",\"s3\"]}");
      assertThat(get(other.http("/health/live")).statusCode()).isEqualTo(200);
      release.countDown();
      await()
          .until(
              () -> get(other.management("/health/ready")).body().endsWith("[\"mysql\",\"s3\"]}"));
    }
  }

  @Test
  void isNotReadyOnceItLeaves() throws Exception {
    try (TestGateway leaving = TestGateway.start("gateway.leave-time", "PT1S");
        var client = leaving.open(7, "d")) {
      var closed = CompletableFuture.runAsync(leaving::close);
      assertThat(client.next().get("event").asText()).isEqualTo("reconnect");
      HttpResponse<String> ready = get(leaving.management("/health/ready"));
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("leaving");
      closed.join();
    }
  }

  @Test
  void keepsMetricsOffTheClientPort() throws Exception {
    assertThat(get(SERVER.http("/metrics")).statusCode()).isEqualTo(404);
    assertThat(get(SERVER.management("/nonsense")).statusCode()).isEqualTo(404);
    assertThat(get(SERVER.management("/metrics")).body()).contains("hongbao_gateway_connections");
  }

  private static boolean isReleased(CountDownLatch release) {
    try {
      release.await();
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SERVER.http(path)).POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}

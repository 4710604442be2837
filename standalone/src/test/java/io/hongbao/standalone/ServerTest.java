package io.hongbao.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.config.Settings;
import io.hongbao.embedded.RuntimeFolder;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.standalone.wire.HookReceiver;
import io.hongbao.standalone.wire.WireClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class ServerTest {

  private static final String ALICE =
      "{\"username\":\"alice\",\"password\":\"password1\",\"nickname\":\"Alice\"}";

  /// More than a push service takes after its start until it tells anybody.
  private static final Duration HOOK_SETTLES = Duration.ofSeconds(40);

  private final HttpClient http = HttpClient.newHttpClient();
  private Path data;

  @BeforeEach
  void makeFolder() throws IOException {
    data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "server.");
  }

  @AfterEach
  void deleteFolder() throws IOException {
    http.close();
    RuntimeFolder.delete(data);
  }

  @Test
  void keepsWhatItWasToldFromOneStartToTheNext() throws Exception {
    try (var server = Server.start(settings(Map.of()))) {
      assertThat(get(server.port(), "/health/ready").statusCode()).isEqualTo(200);
      assertThat(get(server.port(), "/").body()).contains("<!doctype html>");
      assertThat(get(server.managementPort(), "/metrics").body()).contains("jvm_memory_used_bytes");
      assertThat(post(server, "/api/v1/accounts").statusCode()).isEqualTo(201);
    }
    try (var server = Server.start(settings(Map.of()))) {
      assertThat(post(server, "/api/v1/accounts").statusCode()).isEqualTo(409);
      assertThat(post(server, "/api/v1/tokens").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aSecondOneOnTheSameDataIsRefused() {
    try (var _ = Server.start(settings(Map.of()))) {
      assertThatThrownBy(() -> Server.start(settings(Map.of())))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining(data.toAbsolutePath().toString());
    }
  }

  @Test
  void usesTheOperatorsOwnStoresWhereTheirUrlsAreGiven(TestServices services) throws Exception {
    Settings settings =
        settings(
            Map.of(
                "mysql.url", services.jdbcUrl(),
                "mysql.user", services.user(),
                "mysql.password", services.password(),
                "redis.url", services.redisUrl(),
                "s3.url", "http://127.0.0.1:1",
                "s3.access-key", "key",
                "s3.secret-key", "hidden"));
    try (var server = Server.start(settings)) {
      assertThat(post(server, "/api/v1/accounts").statusCode()).isEqualTo(201);
      assertThat(Banner.of(server, settings, Duration.ZERO))
          .contains("yours, jdbc:mysql://", "yours, redis://127", "yours, http://127.0.0.1:1")
          .doesNotContain(services.password(), "hidden");
    }
    assertThat(data)
        .isDirectoryNotContaining("glob:**/mariadb")
        .isDirectoryContaining("glob:**lock");
  }

  @Test
  void aMySqlThatCannotBeUsedIsAClearErrorAndLeavesNothing(TestServices services) {
    Settings wrong =
        settings(
            Map.of(
                "mysql.url", services.jdbcUrl(),
                "mysql.user", services.user(),
                "mysql.password", "wrong"));
    assertThatThrownBy(() -> Server.start(wrong))
        .isInstanceOf(CannotStartException.class)
        .hasMessageStartingWith("MySQL cannot be used: Access denied");
    Server.start(settings(Map.of())).close();
  }

  /// It asks who is connected before the gateway sends them away.
  @Test
  void aStopTellsTheHookOnlyWhoIsAway() throws Exception {
    try (var hook = HookReceiver.start()) {
      String here;
      String away;
      try (var server = Server.start(settings(hook.settings()))) {
        var ann = WireClient.register(server.port(), "Ann");
        var bob = WireClient.register(server.port(), "Bob");
        var cid = WireClient.register(server.port(), "Cid");
        here = cid.userId();
        away = bob.userId();
        var speaking = WireClient.open(server.port(), ann, "phone");
        WireClient.open(server.port(), cid, "phone");
        String group = speaking.createGroup("friends", away, here);
        speaking.ask("message.send", WireClient.text(group, "1", "is anybody there?"));
        await().atMost(HOOK_SETTLES).until(() -> !hook.toldOf(away).isEmpty());
        speaking.ask("message.send", WireClient.text(group, "2", "is he?"));
      }
      assertThat(hook.toldOf(away)).hasSize(2);
      assertThat(hook.toldOf(here)).isEmpty();
    }
  }

  private Settings settings(Map<String, String> more) {
    var settings =
        new HashMap<>(
            Map.of(
                "port", "0",
                "management.port", "0",
                "bind", "127.0.0.1",
                "data", data.toString(),
                "auth.password-hash", "argon2id:m=1024,t=1,p=1",
                "gateway.drain-time", "PT0.001S",
                "gateway.leave-time", "PT0.1S"));
    settings.putAll(more);
    return Settings.of(settings);
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    return http.send(request(port, path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(Server server, String path) throws Exception {
    return http.send(
        request(server.port(), path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(ALICE))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }
}

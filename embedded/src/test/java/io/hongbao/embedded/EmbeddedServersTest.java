package io.hongbao.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.redis.Redis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EmbeddedServersTest {

  private static final RuntimeFolder RUNTIME =
      new RuntimeFolder(Path.of(System.getProperty("hongbao.runtime", "target/runtime")));

  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "a folder.");
  }

  @AfterEach
  void deleteFolder() throws IOException {
    RuntimeFolder.delete(folder);
  }

  @Test
  void mariaDbKeepsItsDataAndTakesANewPassword() throws SQLException {
    try (var database = EmbeddedMariaDb.start(RUNTIME, folder, "first1")) {
      execute(database, "CREATE TABLE kept (number INT)");
    }
    try (var database = EmbeddedMariaDb.start(RUNTIME, folder, "second2")) {
      execute(database, "INSERT INTO kept VALUES (1)");
    }
  }

  @Test
  void anInstallationThatWasCutOffIsMadeAgain() throws Exception {
    Files.createDirectories(folder.resolve("data.unfinished").resolve("mysql"));
    try (var database = EmbeddedMariaDb.start(RUNTIME, folder, "first1")) {
      execute(database, "CREATE TABLE kept (number INT)");
    }
  }

  @Test
  void redisKeepsItsData() {
    try (var server = EmbeddedRedis.start(RUNTIME, folder, "first1");
        var redis = Redis.open(server.url())) {
      redis.sync().set("kept", "yes");
    }
    try (var server = EmbeddedRedis.start(RUNTIME, folder, "second2");
        var redis = Redis.open(server.url())) {
      assertThat(redis.sync().get("kept")).isEqualTo("yes");
    }
  }

  @Test
  void filesWithPasswordsAreTheOwnersAlone() throws IOException {
    try (var _ = EmbeddedRedis.start(RUNTIME, folder, "first1")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve("redis.conf")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void aServerThatDiesComesBackOnItsPort() throws IOException {
    try (var server = EmbeddedRedis.start(RUNTIME, folder, "first1");
        var redis = Redis.open(server.url())) {
      assertThat(redis.isReady()).isTrue();
      long pid = Long.parseLong(Files.readString(folder.resolve("redis.pid")).strip());

      ProcessHandle.of(pid).orElseThrow().destroyForcibly();

      await().atMost(Duration.ofSeconds(20)).until(() -> pidIsNot(pid) && redis.isReady());
    }
  }

  @Test
  void aServerThatIsKilledOnPurposeStaysAwayUntilItIsRestarted() {
    try (var server = EmbeddedRedis.start(RUNTIME, folder, "first1");
        var redis = Redis.open(server.url())) {
      assertThat(redis.isReady()).isTrue();
      server.kill();
      await()
          .during(1_500, TimeUnit.MILLISECONDS) // others come back after a second
          .until(() -> !redis.isReady() && !Files.exists(folder.resolve("redis.pid")));

      server.restart();
      await().until(redis::isReady);
    }
  }

  private boolean pidIsNot(long pid) throws IOException {
    Path file = folder.resolve("redis.pid");
    return Files.exists(file) && !Files.readString(file).strip().equals(String.valueOf(pid));
  }

  private static void execute(EmbeddedMariaDb database, String statement) throws SQLException {
    try (var connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        var sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}

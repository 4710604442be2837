package io.hongbao.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is left of a JVM that was killed with SIGKILL while its servers ran.
final class KilledRunTest {

  private static final RuntimeFolder RUNTIME =
      new RuntimeFolder(Path.of(System.getProperty("hongbao.runtime", "target/runtime")));
  private static final String PASSWORD = "secret1";
  private static final Duration END_TIME = Duration.ofSeconds(30);

  private Path folder;

  /// Not a temporary directory of the system, which may be too small or in memory.
  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "killed.");
  }

  @AfterEach
  void deleteFolder() throws IOException {
    RuntimeFolder.delete(folder);
  }

  @Test
  void leavesNoChildBehind() throws Exception {
    Process jvm = runServers();
    List<ProcessHandle> children = jvm.descendants().toList();
    assertThat(children).extracting(KilledRunTest::program).contains("mariadbd", "redis-server");

    jvm.destroyForcibly();

    for (ProcessHandle child : children) {
      await().atMost(END_TIME).until(() -> hasEnded(child));
    }
  }

  @Test
  void theNextRunWaitsAndFindsTheData() throws Exception {
    Process jvm = runServers();
    jvm.destroyForcibly();

    try (var database = EmbeddedMariaDb.start(RUNTIME, folder.resolve("mariadb"), PASSWORD);
        var connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), PASSWORD);
        var sql = connection.createStatement();
        var rows = sql.executeQuery("SELECT number FROM kept")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(42);
    }
    try (var redis = EmbeddedRedis.start(RUNTIME, folder.resolve("redis"), PASSWORD)) {
      assertThat(redis.port()).isPositive();
    }
  }

  /// A JVM that runs both servers in the folder, with a row committed.
  private Process runServers() throws IOException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-Dhongbao.runtime=" + System.getProperty("hongbao.runtime", "target/runtime"),
                Victim.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = jvm.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals(Victim.READY)) {
        return jvm;
      }
    }
    throw new IllegalStateException("the JVM did not come up");
  }

  /// What has ended but was not yet asked for its status by its new parent has no program.
  private static boolean hasEnded(ProcessHandle process) {
    return !process.isAlive() || program(process).isEmpty();
  }

  private static String program(ProcessHandle process) {
    return process.info().command().map(path -> Path.of(path).getFileName().toString()).orElse("");
  }

  /// What the JVM runs that is to be killed.
  static final class Victim {

    static final String READY = "ready";

    private Victim() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      EmbeddedRedis.start(RUNTIME, folder.resolve("redis"), PASSWORD);
      var database = EmbeddedMariaDb.start(RUNTIME, folder.resolve("mariadb"), PASSWORD);
      try (var connection =
              DriverManager.getConnection(database.jdbcUrl(), database.user(), PASSWORD);
          var sql = connection.createStatement()) {
        sql.execute("CREATE TABLE kept (number INT)");
        sql.execute("INSERT INTO kept VALUES (42)");
      }
      System.out.println(READY);
      Thread.sleep(Duration.ofMinutes(5));
    }
  }
}

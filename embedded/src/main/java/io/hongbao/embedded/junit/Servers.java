package io.hongbao.embedded.junit;

import io.hongbao.embedded.EmbeddedMariaDb;
import io.hongbao.embedded.EmbeddedMySql;
import io.hongbao.embedded.RuntimeFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.opentest4j.TestAbortedException;

/// The servers of one test run, and the folder with their data, which goes with them.
final class Servers implements AutoCloseable {

  static final String PASSWORD = "testpassword";

  private final RuntimeFolder runtime;
  private final Path data;
  private final TestDatabase database;
  private final TestRedis redis;
  private final AtomicInteger numbers = new AtomicInteger();

  private Servers(RuntimeFolder runtime, Path data, TestDatabase database, TestRedis redis) {
    this.runtime = runtime;
    this.data = data;
    this.database = database;
    this.redis = redis;
  }

  static Servers start() {
    Path target = Path.of(System.getProperty("user.dir"), "target");
    var runtime =
        new RuntimeFolder(
            Path.of(System.getProperty("hongbao.runtime", target.resolve("runtime").toString())));
    try {
      Path data = Files.createTempDirectory(Files.createDirectories(target), "services.");
      TestDatabase database = database(runtime, data);
      return new Servers(runtime, data, database, TestRedis.start(runtime, data.resolve("redis")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A number that no other test class of the run has, from 1.
  int nextNumber() {
    return numbers.incrementAndGet();
  }

  RuntimeFolder runtime() {
    return runtime;
  }

  Path data() {
    return data;
  }

  TestDatabase database() {
    return database;
  }

  TestRedis redis() {
    return redis;
  }

  @Override
  public void close() throws IOException {
    redis.close();
    database.close();
    RuntimeFolder.delete(data);
  }

  static TestDatabase database(RuntimeFolder runtime, Path data) {
    String wanted = System.getProperty("hongbao.test.database", "mariadb");
    return switch (wanted) {
      case "mariadb" ->
          TestDatabase.of(EmbeddedMariaDb.start(runtime, data.resolve("mariadb"), PASSWORD));
      case "mysql" -> {
        EmbeddedMySql.obstacle(runtime)
            .ifPresent(
                obstacle -> {
                  throw new TestAbortedException(obstacle);
                });
        yield TestDatabase.of(EmbeddedMySql.start(runtime, data.resolve("mysql"), PASSWORD));
      }
      default ->
          throw new IllegalArgumentException(
              "hongbao.test.database must be mariadb or mysql, not " + wanted);
    };
  }
}

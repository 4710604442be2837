package io.hongbao.benchmarks.faults;

import io.hongbao.benchmarks.ServerProcess;
import io.hongbao.embedded.EmbeddedMariaDb;
import io.hongbao.embedded.EmbeddedRedis;
import io.hongbao.embedded.RuntimeFolder;
import io.hongbao.standalone.Main;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A server, its database and its Redis, each of which can be killed, stopped and started alone.
public final class Stage implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final EmbeddedMariaDb database;
  private final EmbeddedRedis redis;
  private final int port;
  private ServerProcess server;

  private Stage(Path folder, EmbeddedMariaDb database, EmbeddedRedis redis, int port)
      throws IOException {
    this.folder = folder;
    this.database = database;
    this.redis = redis;
    this.port = port;
    this.server = launch();
  }

  /// @param runtime where unpacked binaries are kept
  public static Stage set(Path runtime, Path folder) throws IOException {
    var binaries = new RuntimeFolder(runtime);
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    return new Stage(
        folder,
        EmbeddedMariaDb.start(binaries, folder.resolve("mariadb"), "faults"),
        EmbeddedRedis.start(binaries, folder.resolve("redis"), "faults"),
        port);
  }

  int port() {
    return port;
  }

  EmbeddedMariaDb database() {
    return database;
  }

  EmbeddedRedis redis() {
    return redis;
  }

  long serverPid() {
    return server.pid();
  }

  void killServer() {
    server.kill();
  }

  void startServer() throws IOException {
    server = launch();
  }

  @Override
  public void close() {
    server.close();
    redis.close();
    database.close();
  }

  private ServerProcess launch() throws IOException {
    return ServerProcess.start(
        Main.class,
        List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m"),
        PATIENCE,
        port,
        List.of(
            "--port=" + port,
            "--management.port=0",
            "--bind=127.0.0.1",
            "--data=" + folder.resolve("data"),
            "--mysql.url=" + database.jdbcUrl("hongbao"),
            "--mysql.user=" + database.user(),
            "--mysql.password=" + database.password(),
            "--redis.url=" + redis.url(),
            "--auth.password-hash=argon2id:m=1024,t=1,p=1",
            "--limits.address-per-minute=10000000",
            "--gateway.leave-time=PT0.1S"));
  }
}

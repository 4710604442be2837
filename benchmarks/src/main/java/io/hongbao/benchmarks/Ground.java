package io.hongbao.benchmarks;

import io.hongbao.embedded.EmbeddedMariaDb;
import io.hongbao.embedded.EmbeddedRedis;
import io.hongbao.embedded.RuntimeFolder;
import io.hongbao.standalone.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A database and a Redis, and the servers that run on them.
public final class Ground implements AutoCloseable {

  private static final String PASSWORD = "benchmark";

  private final Path folder;
  private final EmbeddedMariaDb database;
  private final EmbeddedRedis redis;

  private Ground(Path folder, EmbeddedMariaDb database, EmbeddedRedis redis) {
    this.folder = folder;
    this.database = database;
    this.redis = redis;
  }

  /// Programs are unpacked into the folder that the system property `hongbao.runtime` names.
  ///
  /// @param folder for all data; what an earlier run left there is deleted
  public static Ground prepare(Path folder) throws IOException {
    RuntimeFolder.delete(folder);
    var programs =
        new RuntimeFolder(Path.of(System.getProperty("hongbao.runtime", "target/runtime")));
    return new Ground(
        folder,
        EmbeddedMariaDb.start(programs, folder.resolve("mariadb"), PASSWORD),
        EmbeddedRedis.start(programs, folder.resolve("redis"), PASSWORD));
  }

  public EmbeddedMariaDb database() {
    return database;
  }

  public EmbeddedRedis redis() {
    return redis;
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  /// Starts a whole server, which takes accounts as fast as they are made.
  ///
  /// @param main what starts it
  /// @param flags more of the JVM's
  /// @param settings more of the server's, `--name=value`
  public ServerProcess startHongbao(
      Class<?> main, int port, List<String> flags, List<String> settings) throws IOException {
    var all = new ArrayList<>(settings());
    all.add("--port=" + port);
    all.add("--data=" + folder.resolve("data"));
    all.addAll(settings);
    return ServerProcess.start(main, flags, port, all);
  }

  /// Starts one node of a cluster.
  ///
  /// @param port its own
  public ServerProcess startNode(String role, int port, List<String> flags, List<String> settings)
      throws IOException {
    var all = new ArrayList<>(List.of(role));
    all.addAll(settings());
    all.addAll(settings);
    return ServerProcess.start(Main.class, flags, port, all);
  }

  /// Where the stores are, and what makes accounts quick.
  private List<String> settings() {
    return List.of(
        "--bind=127.0.0.1",
        "--mysql.url=" + database.jdbcUrl(),
        "--mysql.user=" + database.user(),
        "--mysql.password=" + database.password(),
        "--redis.url=" + redis.url(),
        "--auth.password-hash=argon2id:m=1024,t=1,p=1",
        "--limits.address-per-minute=10000000",
        "--gateway.drain-time=PT0.001S",
        "--gateway.leave-time=PT0.1S");
  }

  @Override
  public void close() {
    redis.close();
    database.close();
  }
}

package io.hongbao.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.EmbeddedMariaDb;
import io.hongbao.message.MessageService;
import io.hongbao.standalone.Main;
import io.hongbao.standalone.wire.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Starts what is measured: each server alone, in a process of its own, all on one database.
final class Servers implements AutoCloseable {

  static final int TEXT_BYTES = 200;

  /// The size of one of our `message` events with a text of [#TEXT_BYTES], so that the bare servers
  /// send as many bytes as we do.
  private static final int EVENT_BYTES = 430;

  /// A heap that does not grow while it is measured.
  static final List<String> FLAGS = List.of("-Xms512m");

  private final Ground ground;
  private final HikariDataSource pool;

  private Servers(Ground ground) {
    this.ground = ground;
    this.pool = pool(ground.database(), 1);
  }

  static Servers start() throws IOException {
    Ground ground = Ground.prepare(Path.of("target", "benchmarks").toAbsolutePath());
    var servers = new Servers(ground);
    // Before the bare servers make their own tables: migrations begin in an empty database.
    try (Database database = servers.database(1, List.of())) {
      database.migrate(MessageService.MIGRATIONS);
    }
    return servers;
  }

  HikariDataSource pool() {
    return pool;
  }

  /// A pool like those of services.
  HikariDataSource pool(int connections) {
    HikariDataSource wide = pool(ground.database(), connections);
    wide.setAutoCommit(false);
    return wide;
  }

  private static HikariDataSource pool(EmbeddedMariaDb database, int connections) {
    var pool = new HikariDataSource();
    pool.setJdbcUrl(database.jdbcUrl());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(connections);
    pool.addDataSourceProperty("rewriteBatchedStatements", "true");
    pool.addDataSourceProperty("useServerPrepStmts", "true");
    pool.addDataSourceProperty("cachePrepStmts", "true");
    return pool;
  }

  /// The database as a service opens it.
  Database database(int connections, List<Class<?>> mappers) {
    EmbeddedMariaDb mariaDb = ground.database();
    return Database.open(
        mariaDb.jdbcUrl(), mariaDb.user(), mariaDb.password(), connections, mappers);
  }

  Redis redis() {
    return Redis.open(redisUrl());
  }

  String redisUrl() {
    return ground.redis().url();
  }

  Measurement bare(Workload workload, Pace pace, boolean durable)
      throws IOException, InterruptedException {
    return bare(workload, pace, durable, LoadGenerator::start);
  }

  Measurement bare(Workload workload, Pace pace, boolean durable, Consumer<LoadGenerator> start)
      throws IOException, InterruptedException {
    try (ServerProcess server = startBare(durable)) {
      return measure(Speaker.bare(), workload, server.port(), pace, start);
    }
  }

  Measurement hongbao(Workload workload, Pace pace, Consumer<LoadGenerator> start)
      throws IOException, InterruptedException {
    try (ServerProcess server = hongbao(workload)) {
      var groups = HongbaoGroups.make(workload, server.port());
      return measure(groups, workload, server.port(), pace, start);
    }
  }

  /// Live heap of an idle bare connection, in bytes.
  double bareIdleBytes(int connections) throws IOException, InterruptedException {
    try (ServerProcess server = startBare(false)) {
      return idleBytes(server, Speaker.bare(), new Workload("idle", 1, connections, 1));
    }
  }

  /// Live heap of an idle connection of the whole server, in bytes: each is open, and in 10 groups.
  double hongbaoIdleBytes(int connections) throws IOException, InterruptedException {
    var workload =
        new Workload("idle", connections / HongbaoGroups.IDLE_PEOPLE, HongbaoGroups.IDLE_PEOPLE, 1);
    try (ServerProcess server = hongbao(workload)) {
      return idleBytes(server, HongbaoGroups.makeOverlapping(workload, server.port()), workload);
    }
  }

  @Override
  public void close() {
    pool.close();
    ground.close();
  }

  private static double idleBytes(ServerProcess server, Speaker speaker, Workload workload)
      throws IOException, InterruptedException {
    // A few connections first: what is made once is not the price of a connection.
    var few = new Workload("first", 1, Math.min(20, workload.members()), 1);
    try (var _ = new LoadGenerator(speaker, few, List.of(server.port()), TEXT_BYTES).open()) {
      long before = server.liveHeapBytes();
      try (var _ =
          new LoadGenerator(speaker, workload, List.of(server.port()), TEXT_BYTES).open()) {
        return (double) (server.liveHeapBytes() - before) / workload.connections();
      }
    }
  }

  private Measurement measure(
      Speaker speaker, Workload workload, int port, Pace pace, Consumer<LoadGenerator> start)
      throws IOException, InterruptedException {
    try (var load = new LoadGenerator(speaker, workload, List.of(port), TEXT_BYTES).open()) {
      start.accept(load);
      Measurement measured = Measurement.take(load, ServerProcess::cpuSecondsOfAll, pace);
      load.stop();
      if (load.lostConnections() > 0) {
        throw new IOException(load.lostConnections() + " connections were lost");
      }
      return measured;
    }
  }

  private ServerProcess startBare(boolean durable) throws IOException {
    var arguments = new ArrayList<String>();
    arguments.add(Integer.toString(EVENT_BYTES));
    if (durable) {
      EmbeddedMariaDb database = ground.database();
      arguments.add(database.jdbcUrl());
      arguments.add(database.user());
      arguments.add(database.password());
    }
    return ServerProcess.start(BareServer.class, FLAGS, FreePort.find(), arguments);
  }

  /// The whole server, for groups as large as the workload's.
  ServerProcess hongbao(Workload workload) throws IOException {
    return ground.startHongbao(
        Main.class,
        FreePort.find(),
        FLAGS,
        List.of(
            "--management.port=0",
            "--group.max-members=" + Math.max(500, workload.members()),
            "--session.requests-per-second=1000000",
            "--session.requests-burst=1000000"));
  }
}

package io.hongbao.benchmarks.faults;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// What can go wrong, and how it is brought about. When `strike` returns the fault is over.
public enum Fault {
  SERVER_KILLED("kill -9 of the server at a random moment, started again") {
    @Override
    void strike(Stage stage) throws IOException, InterruptedException {
      Thread.sleep(ThreadLocalRandom.current().nextLong(50, 600));
      stage.killServer();
      stage.startServer();
    }
  },
  REDIS_KILLED("Redis stopped for two seconds") {
    @Override
    void strike(Stage stage) throws InterruptedException {
      stage.redis().stop();
      Thread.sleep(HELD);
      stage.redis().restart();
    }
  },
  REDIS_FLUSHED("Redis emptied") {
    @Override
    void strike(Stage stage) throws InterruptedException {
      try (var redis = io.hongbao.common.redis.Redis.open(stage.redis().url())) {
        redis.sync().flushall();
      }
      Thread.sleep(HELD);
    }
  },
  REDIS_PAUSED("Redis stops answering for two seconds") {
    @Override
    void strike(Stage stage) throws IOException, InterruptedException {
      pause("redis-server");
    }
  },
  MYSQL_RESTARTED("MySQL stopped for two seconds, started again") {
    @Override
    void strike(Stage stage) throws InterruptedException {
      stage.database().stop();
      Thread.sleep(HELD);
      stage.database().restart();
    }
  },
  MYSQL_CONNECTIONS_CUT("every connection to MySQL killed, five times") {
    @Override
    void strike(Stage stage) throws InterruptedException {
      for (int i = 0; i < 5; i++) {
        cutConnections(stage);
        Thread.sleep(300);
      }
    }
  },
  MYSQL_PAUSED("MySQL stops answering for two seconds, as on a disk that hangs") {
    @Override
    void strike(Stage stage) throws IOException, InterruptedException {
      pause("mariadbd");
    }
  };

  private static final Duration HELD = Duration.ofSeconds(2);

  private final String description;

  Fault(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  abstract void strike(Stage stage) throws IOException, InterruptedException;

  private static void pause(String program) throws IOException, InterruptedException {
    long pid = pidOf(program);
    signal("-STOP", pid);
    try {
      Thread.sleep(HELD);
    } finally {
      signal("-CONT", pid);
    }
  }

  /// The process of this name among those that were started here.
  private static long pidOf(String program) throws IOException {
    return ProcessHandle.current()
        .descendants()
        .filter(p -> p.info().command().orElse("").contains(program))
        .findFirst()
        .orElseThrow(() -> new IOException("no process " + program))
        .pid();
  }

  private static void signal(String signal, long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", signal, Long.toString(pid)).start();
    if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("cannot signal process " + pid);
    }
  }

  private static void cutConnections(Stage stage) {
    var database = stage.database();
    try (var connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        var statement = connection.createStatement()) {
      var ids = new ArrayList<Long>();
      try (var rows =
          statement.executeQuery(
              """
              SELECT id FROM information_schema.processlist
              WHERE id <> CONNECTION_ID() AND db = 'hongbao'
              """)) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
      for (long id : List.copyOf(ids)) {
        try {
          statement.execute("KILL " + id);
        } catch (SQLException _) {
          // gone by itself meanwhile
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot cut connections", e);
    }
  }
}

package io.hongbao.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.hongbao.common.redis.Redis;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// One packet of 100 places and 2,000 who want one: the whole server over WebSocket beside the bare
/// script, the conditional update, and a Redis lock around a transaction.
final class RedPackets {

  static final int PLACES = 100;
  static final int CONTENDERS = 2_000;

  private static final int RUNS = 5;

  private RedPackets() {}

  /// @param winnersSeconds until the last winner knew
  /// @param allSeconds until everybody had an answer
  record Rush(int winners, double winnersSeconds, double allSeconds) {
    double winnersPerSecond() {
      return winners / winnersSeconds;
    }
  }

  /// One way of giving the places away.
  @FunctionalInterface
  interface Way {
    Rush rush(long packetId)
        throws IOException, SQLException, InterruptedException, ExecutionException;
  }

  static void run(Servers servers)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    var table =
        new Table(
            "One packet of 100 places, 2,000 contenders (median of " + RUNS + ")",
            List.of("way", "winners/s", "all answered after, ms", "winners know after, ms"));
    try (Redis redis = servers.redis();
        HikariDataSource pool = servers.pool(16)) {
      var bare = new BareRushes(redis, pool);
      bare.prepare();
      measure(table, "(a) bare Redis script, nothing durable", bare::script);
      measure(table, "(b) conditional update, 16 connections", bare::conditionalUpdate);
      measure(table, "(c) Redis lock around a transaction, 200 workers", bare::locked);
    }
    var workload = new Workload("red packets", 1, CONTENDERS, 1);
    try (ServerProcess server = servers.hongbao(workload);
        var crowd = HongbaoRush.connect(HongbaoGroups.make(workload, server.port()), server)) {
      measure(table, "Hongbao over WebSocket", crowd::rush);
      System.out.println("\nCommits of the database in the last rush: " + crowd.commits(servers));
    }
  }

  private static void measure(Table table, String name, Way way)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    double[] rates = new double[RUNS];
    double[] all = new double[RUNS];
    double[] winners = new double[RUNS];
    for (int i = -1; i < RUNS; i++) { // the first one warms up
      Rush rush = way.rush(System.nanoTime());
      if (rush.winners != PLACES) {
        throw new IllegalStateException(name + ": " + rush.winners + " winners");
      }
      if (i >= 0) {
        rates[i] = rush.winnersPerSecond();
        all[i] = rush.allSeconds * 1e3;
        winners[i] = rush.winnersSeconds * 1e3;
      }
    }
    table.row(
        name,
        Table.number(Figure.of(rates).median()),
        Table.number(Figure.of(all).median()),
        Table.number(Figure.of(winners).median()));
  }
}

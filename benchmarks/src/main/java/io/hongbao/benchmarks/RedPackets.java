package io.hongbao.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.hongbao.common.redis.Redis;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// Crowds at red packets of 100 places: the whole server over WebSocket, and its service alone,
/// beside the bare script, the conditional update, and a Redis lock around a transaction.
final class RedPackets {

  static final int PLACES = 100;
  static final int CONTENDERS = 2_000;

  /// Grabs not answered yet that one way of giving places away is handed at once, where it has no
  /// sockets.
  static final int IN_FLIGHT = 2_000;

  private static final int PACKETS = 50;

  /// Rushes before those that count, until the compiler has nothing left to do; fewer where they
  /// take long.
  private static final int WARM_UPS = 100;

  private static final Duration WARM_UP_MAX = Duration.ofSeconds(90);

  /// The same for a way that was warmed up for another table.
  private static final Duration WARM_UP_AGAIN_MAX = Duration.ofSeconds(10);

  private static final int RUNS = 5;

  private RedPackets() {}

  /// @param winnersSeconds until the last winner knew
  /// @param answeredSeconds until everybody had an answer, `rate_limited` among them
  /// @param endedSeconds until everybody knew that nothing is left
  record Rush(int winners, double winnersSeconds, double answeredSeconds, double endedSeconds) {
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
    try (Redis redis = servers.redis();
        HikariDataSource pool = servers.pool(16);
        var bare = new BareRushes(redis, servers.redisUrl(), pool);
        var service = ServiceRush.start(servers, redis)) {
      bare.prepare();
      onePacket(servers, bare, service);
      manyPackets(bare, service);
      growingCrowd(service);
    }
  }

  private static void onePacket(Servers servers, BareRushes bare, ServiceRush service)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    Table table = table("One packet of 100 places, 2,000 contenders", "way");
    measure(table, "(a) bare Redis script, nothing durable", PLACES, bare::script);
    measure(table, "(b) conditional update, 16 connections", PLACES, bare::conditionalUpdate);
    measure(table, "(c) Redis lock around a transaction, 200 workers", PLACES, bare::locked);
    measure(table, "Hongbao without sockets", PLACES, _ -> service.rush(CONTENDERS));
    var workload = new Workload("red packets", 1, CONTENDERS, 1);
    try (ServerProcess server = servers.hongbao(workload);
        var crowd = HongbaoRush.connect(HongbaoGroups.make(workload, server.port()), server)) {
      measure(table, "Hongbao over WebSocket", PLACES, crowd::rush);
      System.out.println("\nCommits of the database in the last rush: " + crowd.commits(servers));
    }
  }

  private static void manyPackets(BareRushes bare, ServiceRush service)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    Table table = table("50 packets of 100 places, 2,000 contenders each", "way");
    int places = PACKETS * PLACES;
    measureAgain(
        table, "bare Redis script, nothing durable", places, id -> bare.scripts(PACKETS, id));
    measureAgain(
        table, "Hongbao without sockets or gate", places, _ -> service.rushes(PACKETS, CONTENDERS));
  }

  private static void growingCrowd(ServiceRush service)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    Table table = table("One packet of 100 places, without sockets", "contenders");
    for (int contenders : List.of(1_000, 10_000, 100_000)) {
      measureAgain(table, Integer.toString(contenders), PLACES, _ -> service.rush(contenders));
    }
  }

  private static Table table(String title, String first) {
    return new Table(
        title + " (median of " + RUNS + ")",
        List.of(
            first,
            "winners/s",
            "winners know after, ms",
            "all answered after, ms",
            "all know the end after, ms"));
  }

  private static void measure(Table table, String name, int places, Way way)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    measure(table, name, places, way, WARM_UP_MAX);
  }

  private static void measureAgain(Table table, String name, int places, Way way)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    measure(table, name, places, way, WARM_UP_AGAIN_MAX);
  }

  private static void measure(Table table, String name, int places, Way way, Duration warmUp)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    double[] rates = new double[RUNS];
    double[] winners = new double[RUNS];
    double[] answered = new double[RUNS];
    double[] ended = new double[RUNS];
    long warm = System.nanoTime() + warmUp.toNanos();
    for (int i = 0; i < WARM_UPS && System.nanoTime() < warm; i++) {
      var _ = way.rush(System.nanoTime());
    }
    for (int i = 0; i < RUNS; i++) {
      Rush rush = way.rush(System.nanoTime());
      if (rush.winners != places) {
        throw new IllegalStateException(name + ": " + rush.winners + " winners");
      }
      rates[i] = rush.winnersPerSecond();
      winners[i] = rush.winnersSeconds * 1e3;
      answered[i] = rush.answeredSeconds * 1e3;
      ended[i] = rush.endedSeconds * 1e3;
    }
    table.row(
        name,
        Table.spread(Figure.of(rates)),
        Table.spread(Figure.of(winners)),
        Table.spread(Figure.of(answered)),
        Table.spread(Figure.of(ended)));
  }
}

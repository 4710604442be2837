package io.hongbao.benchmarks;

import io.hongbao.standalone.wire.WireClient;
import io.hongbao.standalone.wire.WireClient.Account;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What a join, a mute and a change of a role cost the server, by the group's size. One after the
/// other, with nobody connected but who asks: delivery is aside.
final class Changes {

  private static final List<Integer> SIZES = List.of(5, 500);
  private static final int WARM_UP = 100;
  private static final int TIMES = 300;
  private static final Duration IDLE = Duration.ofSeconds(4);

  private final Servers servers;
  private final int port;
  private final double idleStatementsPerSecond;
  private final Table table =
      new Table(
          "Changes of a group, each",
          List.of("change", "members", "statements", "processor ms", "answered in ms, median"));

  private Changes(Servers servers, int port) throws SQLException, InterruptedException {
    this.servers = servers;
    this.port = port;
    long before = statements();
    Thread.sleep(IDLE);
    this.idleStatementsPerSecond = (statements() - before) / (double) IDLE.toSeconds();
  }

  /// One change, the i-th.
  private interface Change {
    void make(int i);
  }

  static void run(Servers servers) throws IOException, InterruptedException, SQLException {
    try (ServerProcess server = servers.startHongbao(new Workload("changes", 1, 2_000, 1))) {
      var changes = new Changes(servers, server.port());
      List<Account> people = new ArrayList<>();
      for (int i = 0; i < SIZES.getLast(); i++) {
        people.add(WireClient.register(server.port(), "member"));
      }
      List<String> strangers = new ArrayList<>();
      for (int i = 0; i < WARM_UP + TIMES; i++) {
        strangers.add(WireClient.register(server.port(), "guest").userId());
      }
      for (int size : SIZES) {
        changes.measure(people.subList(0, size), strangers);
      }
    }
  }

  private void measure(List<Account> people, List<String> strangers) throws SQLException {
    int size = people.size();
    try (var owner = WireClient.open(port, people.getFirst(), "bench")) {
      String[] others = people.stream().skip(1).map(Account::userId).toArray(String[]::new);
      String group = owner.createGroup("group of " + size, others);
      String member = others[0];
      long until = System.currentTimeMillis() + 3_600_000;
      row(
          "mute",
          size,
          i ->
              owner.ask(
                  "group.mute", Map.of("groupId", group, "userId", member, "untilAt", until + i)));
      row(
          "role",
          size,
          i ->
              owner.ask(
                  "group.set_role",
                  Map.of(
                      "groupId",
                      group,
                      "userId",
                      member,
                      "role",
                      i % 2 == 0 ? "admin" : "member")));
      row(
          "join",
          size,
          i ->
              owner.ask(
                  "group.invite", Map.of("groupId", group, "userIds", List.of(strangers.get(i)))));
    }
  }

  private void row(String name, int size, Change change) throws SQLException {
    IntStream.range(0, WARM_UP).forEach(change::make);
    double[] millis = new double[TIMES];
    long statements = statements();
    double cpu = ServerProcess.cpuSecondsOfAll();
    long begin = System.nanoTime();
    for (int i = 0; i < TIMES; i++) {
      long asked = System.nanoTime();
      change.make(WARM_UP + i);
      millis[i] = (System.nanoTime() - asked) / 1e6;
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double done = statements() - statements - seconds * idleStatementsPerSecond;
    table.row(
        name,
        Integer.toString(size),
        Table.number(done / TIMES),
        Table.number((ServerProcess.cpuSecondsOfAll() - cpu) * 1e3 / TIMES),
        Table.number(Figure.of(millis).median()));
  }

  /// Statements that the database has been sent by anybody.
  private long statements() throws SQLException {
    try (var connection = servers.pool().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Questions'")) {
      rows.next();
      return rows.getLong(2);
    }
  }
}

package io.hongbao.benchmarks.faults;

import io.hongbao.benchmarks.faults.Cluster.Node;
import io.hongbao.benchmarks.faults.Crowd.Size;
import io.hongbao.benchmarks.faults.Flaw.Kind;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.EmbeddedMariaDb;
import io.hongbao.redpacket.RedPacketService;
import io.hongbao.redpacket.reconcile.Finding;
import io.hongbao.redpacket.reconcile.Reconciliation;
import io.hongbao.standalone.NodeRole;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// `./hongbao bench chaos [rounds] [clients]`: every process of a cluster is killed in turn and
/// started again while people chat and give red packets; prints a table of `docs/faults.md`.
public final class Chaos {

  private static final int PEOPLE_OF_A_CIRCLE = 50;
  private static final int GROUPS_OF_A_CIRCLE = 2;
  private static final long PAUSE_MS = 10_000;
  private static final int GIVERS = 8;
  private static final int MESSAGES_BETWEEN = 50;

  /// Of everybody, before anything is killed: no JVM is to be new to its work.
  private static final int MESSAGES_FIRST = 5;

  private static final int CONNECTIONS = 2;

  /// A few people, as the tests have them.
  private static final Size FEW = new Size(8, 3, 1, 200);

  private Chaos() {}

  /// @return false where anything was lost, doubled, out of order, wrongly counted or late
  public static boolean run(int rounds, int clients)
      throws IOException, InterruptedException, SQLException {
    int circles = Math.max(1, clients / PEOPLE_OF_A_CIRCLE);
    var size = new Size(PEOPLE_OF_A_CIRCLE, GROUPS_OF_A_CIRCLE, circles, PAUSE_MS);
    boolean good = true;
    try (Cluster cluster = start()) {
      for (int round = 0; round < rounds; round++) {
        Verdict verdict = round(cluster, cluster.nodes(), size, GIVERS, Crowd.WHOLE_WITHIN);
        System.out.println(Verdict.HEAD);
        verdict.print();
        good &= verdict.flaws().isEmpty();
      }
    }
    return good;
  }

  /// Nodes that make do with the first compiler: each is killed before the second one's work has
  /// paid, and all of them have the machine to share.
  public static Cluster start() throws IOException {
    return Cluster.start(
        Path.of("target/chaos").toAbsolutePath(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  }

  /// The same with few people and one node of each role but media, on a machine that may be busy
  /// with other things: only what is never whole again is late.
  public static Verdict shortly(Cluster cluster)
      throws IOException, InterruptedException, SQLException {
    List<Node> firsts =
        cluster.nodes().stream()
            .filter(node -> node.number() == 1 && node.role() != NodeRole.MEDIA)
            .toList();
    return round(cluster, firsts, FEW, 2, Crowd.PATIENCE);
  }

  private static Verdict round(
      Cluster cluster, List<Node> victims, Size size, int givers, Duration wholeWithin)
      throws InterruptedException, SQLException {
    List<Giver> giving =
        IntStream.range(0, givers).mapToObj(i -> new Giver(cluster::gateway, i)).toList();
    try (Crowd crowd = Crowd.gather(cluster::gateway, size)) {
      crowd.awaitOpen();
      crowd.awaitMessages(MESSAGES_FIRST * crowd.size());
      var flaws = new ArrayList<Flaw>();
      long wholeAfterMs = 0;
      for (Node victim : victims) {
        crowd.spread(cluster.gateways());
        crowd.awaitMessages(MESSAGES_BETWEEN);
        wholeAfterMs = Math.max(wholeAfterMs, strike(cluster, victim, crowd, wholeWithin, flaws));
      }
      crowd.awaitMessages(MESSAGES_BETWEEN);
      var logs = crowd.quieten(flaws);
      flaws.addAll(new Recount(cluster::gateway, logs).of(crowd));
      for (Giver each : giving) {
        flaws.addAll(each.recount());
      }
      flaws.addAll(reconcile(cluster));
      int packets = giving.stream().mapToInt(Giver::packets).sum();
      return new Verdict(
          "kill -9 of each node",
          victims.size(),
          crowd.acknowledgedCount(),
          wholeAfterMs,
          List.copyOf(flaws),
          "%,d clients, %,d packets".formatted(crowd.size(), packets));
    } finally {
      giving.forEach(Giver::close);
    }
  }

  /// Kills a node and starts it again.
  ///
  /// @return after how many ms everybody had a reply to a message that they sent after the kill,
  ///   and held all that was in the logs then
  private static long strike(
      Cluster cluster, Node victim, Crowd crowd, Duration wholeWithin, List<Flaw> flaws)
      throws InterruptedException, SQLException {
    cluster.kill(victim);
    long killed = System.nanoTime();
    // not on the common pool: its one thread, on two processors, is the clients'
    var back = CompletableFuture.runAsync(() -> cluster.start(victim), Thread::startVirtualThread);
    try {
      boolean spoken = crowd.awaitEverybodySpoken();
      long answeredAfterMs = msSince(killed);
      boolean whole = crowd.awaitHolding(lastSeqs(cluster, crowd));
      long wholeAfterMs = msSince(killed);
      System.out.printf(
          "kill -9 of %s: everybody is answered after %,d ms, whole after %,d ms%n",
          victim, answeredAfterMs, wholeAfterMs);
      if (!spoken || !whole || wholeAfterMs > wholeWithin.toMillis()) {
        flaws.add(
            new Flaw(Kind.OTHER, "%s: not whole after %d ms".formatted(victim, wholeAfterMs)));
      }
      return wholeAfterMs;
    } finally {
      back.join();
    }
  }

  private static long msSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }

  private static Map<String, Long> lastSeqs(Cluster cluster, Crowd crowd) throws SQLException {
    try (var connection = cluster.ground().connect()) {
      return LastSeqs.of(connection, crowd.groupIds());
    }
  }

  /// Every rule of money.
  private static List<Flaw> reconcile(Cluster cluster) {
    EmbeddedMariaDb server = cluster.ground().database();
    try (Database database =
        Database.open(
            server.jdbcUrl(),
            server.user(),
            server.password(),
            CONNECTIONS,
            RedPacketService.MAPPERS)) {
      var reconciliation = new Reconciliation(database);
      var flaws = new ArrayList<Flaw>();
      for (Finding finding : reconciliation.check(Reconciliation.EVERYTHING)) {
        flaws.add(new Flaw(Kind.OTHER, "a rule of money does not hold: " + finding.rule()));
      }
      long drift = reconciliation.driftFen();
      if (drift != 0) {
        flaws.add(new Flaw(Kind.LOST, "fen: " + drift));
      }
      return flaws;
    }
  }
}

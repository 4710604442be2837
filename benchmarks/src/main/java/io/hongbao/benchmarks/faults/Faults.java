package io.hongbao.benchmarks.faults;

import io.hongbao.benchmarks.faults.Crowd.Size;
import io.hongbao.benchmarks.faults.Flaw.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `./hongbao bench faults [kills] [others]`: every fault in turn while people chat, and kills of
/// the server above all; prints the table of `docs/faults.md`.
public final class Faults {

  private static final int MESSAGES_BETWEEN = 100;

  /// So often one crowd goes through a fault; a fresh one is counted by itself.
  private static final int TIMES_OF_A_CROWD_MAX = 25;

  private static final Size CHATTING = new Size(12, 4, 1, 10);

  /// How long faults last and how many come at once.
  ///
  /// @param held of what lasts
  /// @param stampede who leaves and comes back at once
  public record Pace(Duration held, Size stampede) {
    static final Pace LONG = new Pace(Duration.ofSeconds(5), new Size(100, 1, 10, 10_000));

    /// As the tests have them.
    public static final Pace SHORT = new Pace(Duration.ofSeconds(1), new Size(100, 1, 2, 2_000));
  }

  private Faults() {}

  /// @param kills how often the server is killed
  /// @param others how often each of the other faults is brought about; 0 leaves them out
  /// @return false where anything was lost, doubled, out of order, wrongly counted or late
  public static boolean run(int kills, int others) throws IOException, InterruptedException {
    boolean good = true;
    System.out.println(Verdict.HEAD);
    try (Stage stage = Stage.set(Path.of("target/faults").toAbsolutePath())) {
      for (Fault fault : Fault.values()) {
        int left = fault == Fault.SERVER_KILLED ? kills : others;
        while (left > 0) {
          int times = Math.min(left, TIMES_OF_A_CROWD_MAX);
          Verdict verdict = strike(stage, fault, times, Pace.LONG);
          verdict.print();
          good &= verdict.flaws().isEmpty();
          left -= times;
        }
      }
    }
    return good;
  }

  /// One crowd through one fault, several times where asked.
  public static Verdict strike(Stage stage, Fault fault, int times, Pace pace)
      throws IOException, InterruptedException {
    Size size = fault == Fault.CLIENTS_STAMPEDE ? pace.stampede() : CHATTING;
    try (Crowd crowd = Crowd.gather(stage::port, size)) {
      crowd.awaitOpen();
      var scene = new Scene(stage, crowd, pace.held(), new Notes());
      long wholeAfterMs = 0;
      for (int i = 0; i < times; i++) {
        crowd.awaitMessages(MESSAGES_BETWEEN);
        fault.strike(scene);
        wholeAfterMs = Math.max(wholeAfterMs, awaitWhole(scene));
      }
      crowd.awaitMessages(1);
      var flaws = new ArrayList<Flaw>();
      var logs = crowd.quieten(flaws);
      flaws.addAll(scene.notes().flaws());
      flaws.addAll(new Recount(stage::port, logs).of(crowd));
      return new Verdict(
          fault.description(),
          times,
          crowd.acknowledgedCount(),
          wholeAfterMs,
          List.copyOf(flaws),
          scene.notes().text());
    }
  }

  /// From the end of the fault until everybody is connected and holds what the database held then.
  private static long awaitWhole(Scene scene) throws InterruptedException {
    long over = System.nanoTime();
    Map<String, Long> committed = scene.stage().lastSeqs(scene.crowd().groupIds());
    boolean whole = scene.crowd().awaitHolding(committed);
    long afterMs = Duration.ofNanos(System.nanoTime() - over).toMillis();
    if (!whole || afterMs > Crowd.WHOLE_WITHIN.toMillis()) {
      scene.notes().flaw(new Flaw(Kind.OTHER, "not whole after " + afterMs + " ms"));
    }
    return afterMs;
  }
}

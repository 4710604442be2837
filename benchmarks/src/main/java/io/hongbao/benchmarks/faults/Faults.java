package io.hongbao.benchmarks.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// `./hongbao bench faults`: every fault in turn while people chat, and kills of the server above
/// all; prints the table of `docs/faults.md`.
public final class Faults {

  private static final int PEOPLE = 12;
  private static final int GROUPS = 4;
  private static final long PAUSE_MS = 10;

  private Faults() {}

  /// @param kills how often the server is killed in the long run
  /// @return false where anything was lost, doubled, out of order or wrongly counted
  public static boolean run(int kills) throws IOException, InterruptedException {
    Path target = Path.of("target").toAbsolutePath();
    System.out.println("| fault | acknowledged | whole after ms | violations |");
    System.out.println("| --- | --- | --- | --- |");
    boolean good = true;
    try (Stage stage = Stage.set(target.resolve("runtime"), target.resolve("faults"))) {
      for (Fault fault : Fault.values()) {
        int times = fault == Fault.SERVER_KILLED ? kills : 1;
        Verdict verdict = strike(stage, fault, times);
        good &= verdict.violations().isEmpty();
        System.out.printf(
            "| %s%s | %d | %d | %s |%n",
            fault.description(),
            times > 1 ? ", " + times + " times" : "",
            verdict.acknowledged(),
            verdict.wholeAfterMs(),
            verdict.violations().isEmpty() ? "0" : shortened(verdict.violations()));
      }
    }
    return good;
  }

  /// One crowd through one fault, several times where asked.
  public static Verdict strike(Stage stage, Fault fault, int times)
      throws IOException, InterruptedException {
    try (Crowd crowd = Crowd.gather(stage.port(), PEOPLE, GROUPS, PAUSE_MS)) {
      for (int i = 0; i < times; i++) {
        awaitMessages(crowd, crowd.acknowledgedCount() + 100);
        fault.strike(stage);
      }
      awaitMessages(crowd, crowd.acknowledgedCount() + 1);
      return crowd.verdict(fault.name());
    }
  }

  private static void awaitMessages(Crowd crowd, int count) throws InterruptedException {
    long deadline = System.nanoTime() + Crowd.WHOLE_WITHIN.toNanos() * 3;
    while (crowd.acknowledgedCount() < count) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("nobody is answered");
      }
      Thread.sleep(10);
    }
  }

  private static String shortened(List<String> violations) {
    return violations.size() + ": " + String.join("; ", violations.stream().limit(5).toList());
  }
}

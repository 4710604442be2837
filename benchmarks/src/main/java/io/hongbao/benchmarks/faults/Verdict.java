package io.hongbao.benchmarks.faults;

import io.hongbao.benchmarks.faults.Flaw.Kind;
import java.util.List;

/// What was found after a fault.
///
/// @param fault what was done
/// @param acknowledged messages the server had said yes to
/// @param wholeAfterMs how long after the end of the fault until every client held every entry and
///   could send; the slowest of all times
/// @param flaws what must not be; empty is good
/// @param notes what else was found out
public record Verdict(
    String fault, int times, int acknowledged, long wholeAfterMs, List<Flaw> flaws, String notes) {

  private static final int FLAWS_SHOWN_MAX = 10;

  static final String HEAD =
      """
      | fault | times | acknowledged | lost | doubled | out of order | unread wrong | whole after ms | |
      | --- | --- | --- | --- | --- | --- | --- | --- | --- |""";

  long count(Kind kind) {
    return flaws.stream().filter(flaw -> flaw.kind() == kind).count();
  }

  /// The row, and some of what is wrong.
  void print() {
    System.out.println(row());
    flaws.stream()
        .limit(FLAWS_SHOWN_MAX)
        .forEach(flaw -> System.out.println(flaw.kind() + ": " + flaw.what()));
  }

  /// One row of the table.
  String row() {
    return "| %s | %d | %,d | %d | %d | %d | %d | %,d | %s |"
        .formatted(
            fault,
            times,
            acknowledged,
            count(Kind.LOST),
            count(Kind.DOUBLED),
            count(Kind.DISORDERED),
            count(Kind.MISCOUNTED),
            wholeAfterMs,
            notes);
  }
}

package io.hongbao.benchmarks.faults;

import io.hongbao.benchmarks.faults.Flaw.Kind;
import java.util.List;

/// What was found after a fault.
///
/// @param acknowledged messages the server had said yes to
/// @param wholeAfterMs how long after the end of the fault until every client held every entry and
///   could send; the slowest of all times
/// @param flaws what must not be; empty is good
/// @param notes what else was found out
public record Verdict(
    Fault fault, int times, int acknowledged, long wholeAfterMs, List<Flaw> flaws, String notes) {

  static final String HEAD =
      """
      | fault | times | acknowledged | lost | doubled | out of order | unread wrong | whole after ms | |
      | --- | --- | --- | --- | --- | --- | --- | --- | --- |""";

  long count(Kind kind) {
    return flaws.stream().filter(flaw -> flaw.kind() == kind).count();
  }

  /// One row of the table.
  String row() {
    return "| %s | %d | %,d | %d | %d | %d | %d | %,d | %s |"
        .formatted(
            fault.description(),
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

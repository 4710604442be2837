package io.hongbao.benchmarks.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What strikes of a fault found out: counts that add up, figures of which the largest counts, and
/// flaws of their own. Used by one thread.
final class Notes {

  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, Long> largest = new TreeMap<>();
  private final List<Flaw> flaws = new ArrayList<>();

  void count(String what, long number) {
    counts.merge(what, number, Long::sum);
  }

  void largest(String what, long figure) {
    largest.merge(what, figure, Math::max);
  }

  void flaw(Flaw flaw) {
    flaws.add(flaw);
  }

  List<Flaw> flaws() {
    return List.copyOf(flaws);
  }

  /// `what: number; what: number`.
  String text() {
    var all = new TreeMap<>(counts);
    all.putAll(largest);
    return all.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining("; "));
  }
}

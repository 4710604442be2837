package io.hongbao.benchmarks.soak;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How often what was answered. Used by any number of threads.
final class Tally {

  private static final String OK = "ok";

  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final Set<String> succeeded = ConcurrentHashMap.newKeySet();

  void succeeded(String op) {
    add(op, OK);
  }

  /// @param answer `ok` or the error code
  void add(String op, String answer) {
    asked.add(op);
    if (answer.equals(OK)) {
      succeeded.add(op);
    }
    answers.computeIfAbsent(answer, _ -> new LongAdder()).increment();
  }

  long all() {
    return answers.values().stream().mapToLong(LongAdder::sum).sum();
  }

  long of(String answer) {
    LongAdder count = answers.get(answer);
    return count == null ? 0 : count.sum();
  }

  /// Operations that were asked for and never succeeded.
  Set<String> inVain() {
    var inVain = new TreeSet<>(asked);
    inVain.removeAll(succeeded);
    return inVain;
  }

  @Override
  public String toString() {
    return new TreeMap<>(answers).toString();
  }
}

package io.hongbao.benchmarks.soak;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How often what was answered. Used by any number of threads.
final class Tally {

  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();

  /// @param answer `ok` or the error code
  void add(String answer) {
    answers.computeIfAbsent(answer, _ -> new LongAdder()).increment();
  }

  long all() {
    return answers.values().stream().mapToLong(LongAdder::sum).sum();
  }

  long of(String answer) {
    LongAdder count = answers.get(answer);
    return count == null ? 0 : count.sum();
  }

  @Override
  public String toString() {
    return new TreeMap<>(answers).toString();
  }
}

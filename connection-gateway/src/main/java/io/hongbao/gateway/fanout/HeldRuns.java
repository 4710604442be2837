package io.hongbao.gateway.fanout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs of a group that came before an earlier one, in the order of their entries.
final class HeldRuns {

  private final long deadlineNanos;
  private final ArrayList<Work.Run> runs = new ArrayList<>(2);

  HeldRuns(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  void add(Work.Run run) {
    int at = runs.size();
    while (at > 0 && runs.get(at - 1).firstSeq() > run.firstSeq()) {
      at--;
    }
    runs.add(at, run);
  }

  int size() {
    return runs.size();
  }

  boolean isDue(long nowNanos) {
    return nowNanos - deadlineNanos >= 0;
  }

  /// The next run if it begins no later than `seq`.
  Work.@Nullable Run takeUpTo(long seq) {
    return !runs.isEmpty() && runs.getFirst().firstSeq() <= seq ? runs.removeFirst() : null;
  }

  List<Work.Run> all() {
    return runs;
  }
}

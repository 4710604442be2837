package io.hongbao.message.log;

import io.hongbao.common.contract.Delivery.LogTail;
import io.hongbao.common.contract.Push;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Announces the last entry of a group a short while after the last run of a burst, so that a
/// gateway that has lost the burst's end finds out. At most [#GROUPS_MAX] wait; beyond that the
/// first is announced at once. Used by the lane's thread.
final class Tails {

  static final Duration QUIET = Duration.ofSeconds(1);
  static final int GROUPS_MAX = 100_000;

  private final Push push;

  /// In the order in which they are due.
  private final Map<Long, Tail> waiting = new LinkedHashMap<>();

  private record Tail(long groupId, long lastSeq, long dueNanos) {}

  Tails(Push push) {
    this.push = push;
  }

  void published(long groupId, long lastSeq, long nowNanos) {
    waiting.remove(groupId); // to the end of the order
    waiting.put(groupId, new Tail(groupId, lastSeq, nowNanos + QUIET.toNanos()));
    if (waiting.size() > GROUPS_MAX) {
      announceFirst(waiting.values().iterator());
    }
  }

  /// How long until the next one is due, at most [#QUIET].
  long waitNanos(long nowNanos) {
    Iterator<Tail> first = waiting.values().iterator();
    return first.hasNext()
        ? Math.clamp(first.next().dueNanos - nowNanos, 0, QUIET.toNanos())
        : QUIET.toNanos();
  }

  void announceDue(long nowNanos) {
    while (!waiting.isEmpty() && waitNanos(nowNanos) == 0) {
      announceFirst(waiting.values().iterator());
    }
  }

  /// Announces what waits before its time, at the end.
  void announceAll() {
    announceDue(System.nanoTime() + QUIET.toNanos());
  }

  private void announceFirst(Iterator<Tail> first) {
    Tail tail = first.next();
    first.remove();
    push.publish(new LogTail(tail.groupId, tail.lastSeq));
  }
}

package io.hongbao.message.log;

import io.hongbao.common.contract.Delivery.LogTail;
import io.hongbao.common.contract.Push;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Announces the last entry of a group a short while after the last run of a burst, so that a
/// gateway that has lost the burst's end finds out.
///
/// Also of groups whose last commit nobody knows the outcome of: their last entry is asked for when
/// it is due, and again a while later as long as the database is away. At most [#GROUPS_MAX] wait;
/// beyond that the first is announced at once. Used by the lane's thread.
final class Tails {

  static final Duration QUIET = Duration.ofSeconds(1);
  static final int GROUPS_MAX = 100_000;
  static final int ASKED_AT_ONCE_MAX = 256;
  private static final long UNKNOWN = -1;

  private static final Logger log = LoggerFactory.getLogger(Tails.class);

  private final Push push;
  private final Function<Collection<Long>, List<LogTail>> heads;

  /// In the order in which they are due.
  private final Map<Long, Tail> waiting = new LinkedHashMap<>();

  /// @param heads reads the last entries of groups; fails where the database is away
  Tails(Push push, Function<Collection<Long>, List<LogTail>> heads) {
    this.push = push;
    this.heads = heads;
  }

  void published(long groupId, long lastSeq, long nowNanos) {
    add(groupId, lastSeq, nowNanos);
  }

  /// What a group's last entry is nobody knows: the database may have committed more or not.
  void unknown(long groupId, long nowNanos) {
    add(groupId, UNKNOWN, nowNanos);
  }

  /// How long until the next one is due, at most [#QUIET].
  long waitNanos(long nowNanos) {
    Iterator<Tail> first = waiting.values().iterator();
    return first.hasNext()
        ? Math.clamp(first.next().dueNanos - nowNanos, 0, QUIET.toNanos())
        : QUIET.toNanos();
  }

  void announceDue(long nowNanos) {
    var asked = new ArrayList<Long>();
    Iterator<Map.Entry<Long, Tail>> first = waiting.entrySet().iterator();
    while (first.hasNext() && asked.size() < ASKED_AT_ONCE_MAX) {
      Map.Entry<Long, Tail> next = first.next();
      if (next.getValue().dueNanos - nowNanos > 0) {
        break;
      }
      first.remove();
      if (next.getValue().lastSeq == UNKNOWN) {
        asked.add(next.getKey());
      } else {
        push.publish(new LogTail(next.getKey(), next.getValue().lastSeq));
      }
    }
    if (!asked.isEmpty()) {
      ask(asked, nowNanos);
    }
  }

  /// Announces what waits before its time, at the end.
  void announceAll() {
    announceDue(System.nanoTime() + QUIET.toNanos());
  }

  private void ask(List<Long> groupIds, long nowNanos) {
    try {
      heads.apply(groupIds).forEach(push::publish);
    } catch (RuntimeException e) {
      log.warn("tails wait for the database groups={}", groupIds.size(), e);
      groupIds.forEach(groupId -> add(groupId, UNKNOWN, nowNanos));
    }
  }

  private void add(long groupId, long lastSeq, long nowNanos) {
    waiting.remove(groupId); // to the end of the order
    waiting.put(groupId, new Tail(lastSeq, nowNanos + QUIET.toNanos()));
    if (waiting.size() > GROUPS_MAX) {
      Map.Entry<Long, Tail> first = waiting.entrySet().iterator().next();
      waiting.remove(first.getKey());
      if (first.getValue().lastSeq != UNKNOWN) {
        push.publish(new LogTail(first.getKey(), first.getValue().lastSeq));
      }
    }
  }

  private record Tail(long lastSeq, long dueNanos) {}
}

package io.hongbao.message.group;

import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Event;
import io.hongbao.message.group.MuteMapper.EndedMute;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Tells members that their mutes have run out, within two seconds.
///
/// Looks every [#PERIOD] for rows of `mute_expiry` that are due, [#TAKEN_MAX] at a time until none
/// is left: one read of an index where nothing is. After a failure it waits for
/// [#PERIOD_AFTER_FAILURE]. Whoever deletes a row tells it, so of several processes one does; a row
/// waits through a restart. A mute that was lifted, replaced, or whose member is gone is passed
/// over. It is told after the commit: a process that dies in between has lost the event, as any
/// push may be.
public final class MuteSweep implements AutoCloseable {

  static final Duration PERIOD = Duration.ofMillis(500);
  static final Duration PERIOD_AFTER_FAILURE = Duration.ofSeconds(2);
  static final int TAKEN_MAX = 500;

  private final Database database;
  private final Queries queries;
  private final Push push;
  private final Clock clock;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("mute-sweep").factory());

  private record InGroup(long groupId) {}

  private MuteSweep(Database database, Queries queries, Push push, Clock clock) {
    this.database = database;
    this.queries = queries;
    this.push = push;
    this.clock = clock;
  }

  public static MuteSweep start(Database database, Queries queries, Push push, Clock clock) {
    var sweep = new MuteSweep(database, queries, push, clock);
    sweep.next(PERIOD);
    return sweep;
  }

  @Override
  public void close() {
    schedule.shutdownNow();
  }

  private void next(Duration after) {
    var _ = schedule.schedule(this::sweep, after.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    boolean done =
        queries.call("mutes.end", this::tellEnded, _ -> false).toCompletableFuture().join();
    if (!schedule.isShutdown()) {
      next(done ? PERIOD : PERIOD_AFTER_FAILURE);
    }
  }

  private boolean tellEnded() {
    int due;
    do {
      due = queries.turn(() -> tell(clock.millis()));
    } while (due == TAKEN_MAX);
    return true;
  }

  /// How many were due.
  private int tell(long now) {
    List<EndedMute> due =
        database.transact(tx -> tx.mapper(MuteMapper.class).ended(now, TAKEN_MAX));
    if (!due.isEmpty()) {
      List<EndedMute> ended = database.transact(tx -> take(tx, due));
      for (EndedMute mute : ended) {
        byte[] event = new Event("unmuted", new InGroup(mute.groupId())).bytes();
        push.publish(new UserSignal(List.of(mute.userId()), 0, event));
      }
    }
    return due.size();
  }

  /// Those that this process is to tell. Rows are locked in the order in which lanes lock theirs.
  private static List<EndedMute> take(Transaction tx, List<EndedMute> due) {
    MuteMapper mutes = tx.mapper(MuteMapper.class);
    return due.stream()
        .sorted(Comparator.comparingLong(EndedMute::groupId).thenComparingLong(EndedMute::userId))
        .filter(mute -> mutes.take(mute) == 1)
        .filter(mutes::concerns)
        .toList();
  }
}

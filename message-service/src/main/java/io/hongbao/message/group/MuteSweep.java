package io.hongbao.message.group;

import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Event;
import io.hongbao.message.NumberRows;
import io.hongbao.message.group.MuteMapper.EndedMute;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Tells members that their mutes have run out, within two seconds while the database answers.
///
/// Looks every [#PERIOD] for rows of `mute_expiry` that are due, [#TAKEN_MAX] at a time until none
/// is left: one read of an index where nothing is. After a failure it waits for
/// [#PERIOD_AFTER_FAILURE]. Whoever deletes a row tells it, so of several processes one does; a row
/// waits through a restart. A row that a lane is writing is left for the next time, so that neither
/// waits for the other. A mute that was lifted, replaced, or whose member is gone is passed over.
/// It is told after the commit: a process that dies in between has lost the event, as any push may
/// be.
public final class MuteSweep implements AutoCloseable {

  static final Duration PERIOD = Duration.ofMillis(500);
  static final Duration PERIOD_AFTER_FAILURE = Duration.ofSeconds(1);
  static final int TAKEN_MAX = 500;

  private final Database database;
  private final Queries queries;
  private final Push push;
  private final Clock clock;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("mute-sweep").factory());

  private record InGroup(long groupId) {}

  private record Taken(int due, List<EndedMute> toTell) {}

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
    Taken taken = database.transactBatched(tx -> take(tx, now));
    for (EndedMute mute : taken.toTell) {
      byte[] event = new Event("unmuted", new InGroup(mute.groupId())).bytes();
      push.publish(new UserSignal(List.of(mute.userId()), 0, event));
    }
    return taken.due;
  }

  private static Taken take(Transaction tx, long now) {
    MuteMapper mutes = tx.mapper(MuteMapper.class);
    List<EndedMute> due = mutes.ended(now, TAKEN_MAX);
    if (due.isEmpty()) {
      return new Taken(0, due);
    }
    var rows = new NumberRows();
    due.forEach(mute -> rows.add(mute.groupId(), mute.userId(), mute.untilAt()));
    due.forEach(mutes::delete);
    return new Taken(due.size(), mutes.concerning(rows.json()));
  }
}

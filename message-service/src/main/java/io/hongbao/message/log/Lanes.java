package io.hongbao.message.log;

import io.hongbao.common.contract.Delivery.LogTail;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.Transaction;
import io.hongbao.message.group.GroupCommand;
import io.hongbao.message.group.GroupMapper;
import io.hongbao.message.group.GroupMapper.MemberRow;
import io.hongbao.message.group.GroupRules;
import io.hongbao.message.group.MembershipEvents;
import io.hongbao.message.log.Doubts.Outcome;
import io.hongbao.message.log.LogMapper.Head;
import io.hongbao.message.log.LogMapper.SettledGroup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The writers of group logs. Every change in a group goes through the lane that the group's id
/// names, so changes of a group are decided one after the other, in the order in which they came.
/// Several processes may hold the same group: that is slower, and as right.
///
/// At its start it announces the groups that were active last, whose last events may be lost.
public final class Lanes implements LogOrder, AutoCloseable {

  /// Members of all groups held in memory, some 100 bytes each.
  static final int CACHED_MEMBERS_MAX = 500_000;

  /// How long before the start a group's last entry may lie for the group to be announced.
  static final Duration ACTIVE_BEFORE_START = Duration.ofMinutes(5);

  static final int ANNOUNCED_AT_START_MAX = 10_000;

  /// How long what is queued may take to be written at the end.
  private static final Duration DRAIN_TIME = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Lanes.class);

  private final Database database;
  private final GroupRules rules;
  private final Push push;
  private final MembershipEvents membershipEvents;
  private final Clock clock;
  private final List<Lane> lanes;

  /// The newest command of each group that has any, which is answered after all that came before.
  /// As large as the queues at most.
  private final ConcurrentHashMap<Long, CompletableFuture<Reply>> newest =
      new ConcurrentHashMap<>();

  private Lanes(
      int count,
      Database database,
      GroupRules rules,
      Push push,
      MembershipEvents membershipEvents,
      Clock clock,
      MeterRegistry meters) {
    this.database = database;
    this.rules = rules;
    this.push = push;
    this.membershipEvents = membershipEvents;
    this.clock = clock;
    this.lanes = IntStream.range(0, count).mapToObj(number -> lane(number, count, meters)).toList();
  }

  public static Lanes start(
      int count,
      Database database,
      GroupRules rules,
      Push push,
      MembershipEvents membershipEvents,
      Clock clock,
      MeterRegistry meters) {
    var started = new Lanes(count, database, rules, push, membershipEvents, clock, meters);
    started.lanes.forEach(Lane::start);
    Thread.ofVirtual().name("announce-active-groups").start(started::announceActive);
    return started;
  }

  private Lane lane(int number, int count, MeterRegistry meters) {
    BlockingQueue<Pending> queue = Lane.newQueue();
    var states = new StateCache(CACHED_MEMBERS_MAX / count);
    return new Lane(
        number,
        queue,
        new BatchWriter(database, rules, clock, states),
        new RunPublisher(
            push,
            membershipEvents,
            new Tails(push),
            new Doubts(push, membershipEvents, this::outcome)),
        LaneMeters.of(meters, number, queue, states),
        this::answer);
  }

  /// Queues a command; returns at once. The stage never fails.
  public CompletionStage<Reply> submit(GroupCommand command) {
    Pending pending = Pending.of(command);
    Lane lane = laneOf(pending.groupId());
    CompletableFuture<Reply> last =
        newest.compute(
            pending.groupId(), (_, before) -> lane.offer(pending) ? pending.reply() : before);
    if (last != pending.reply()) {
      return CompletableFuture.completedFuture(Queries.unavailable());
    }
    lane.refuseIfEnded();
    return pending.reply();
  }

  @Override
  public CompletionStage<Void> settled(long groupId) {
    CompletableFuture<Reply> last = newest.get(groupId);
    return last == null
        ? CompletableFuture.completedFuture(null)
        : last.thenAccept(
            _ -> {
              // it is decided
            });
  }

  /// Writes what is queued, within [#DRAIN_TIME]; what is then left is answered `unavailable`.
  @Override
  public void close() {
    lanes.forEach(Lane::close);
    long deadlineNanos = System.nanoTime() + DRAIN_TIME.toNanos();
    try {
      for (Lane lane : lanes) {
        lane.awaitEnd(deadlineNanos);
      }
    } catch (InterruptedException e) {
      log.warn("interrupted while lanes drain", e);
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Pending pending, Reply reply) {
    newest.remove(pending.groupId(), pending.reply());
    pending.reply().complete(reply);
  }

  /// Spreads groups whose ids differ only in their upper bits, as Snowflake ids do.
  private Lane laneOf(long groupId) {
    long spread = groupId * 0x9E3779B97F4A7C15L;
    return lanes.get((int) Math.floorMod(spread >>> 32, (long) lanes.size()));
  }

  private void announceActive() {
    try {
      long since = clock.instant().minus(ACTIVE_BEFORE_START).getEpochSecond() / 60;
      List<Head> heads =
          database.transact(
              tx -> tx.mapper(LogMapper.class).activeSince(since, ANNOUNCED_AT_START_MAX));
      heads.forEach(head -> push.publish(new LogTail(head.groupId(), head.lastSeq())));
    } catch (RuntimeException e) {
      log.warn("could not announce the groups that were active last", e);
    }
  }

  private @Nullable Outcome outcome(long groupId) {
    return database.transact(
        tx -> {
          SettledGroup group = tx.mapper(LogMapper.class).settled(groupId);
          return group == null
              ? null
              : new Outcome(group.lastSeq(), group.dissolved(), memberIds(tx, groupId));
        });
  }

  private static Set<Long> memberIds(Transaction tx, long groupId) {
    return tx.mapper(GroupMapper.class).members(JsonLists.ids(List.of(groupId))).stream()
        .map(MemberRow::userId)
        .collect(Collectors.toSet());
  }
}

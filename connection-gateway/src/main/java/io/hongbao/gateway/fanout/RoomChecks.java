package io.hongbao.gateway.fanout;

import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the message service who is in a group of which runs were lost: they may have removed
/// somebody, who must not go on listening.
///
/// Losses that are told are made good by [Rereading], which sees what is committed by then; a hole
/// proves that what was lost is committed. So only this finds
/// - a removal by a service that died in its commit, where the database carried that out after the
///   gateways had read anew: a commit that waits for a slow disk or a replica, say;
/// - a removal that a service committed while it had no push service to tell, and died before it
///   could tell one that something was missed.
///
/// One question at a time for each event loop, so that a loop that has lost much asks no more than
/// one that has lost little; a question that fails is asked again after [#AGAIN], as long as the
/// group has connections here. Who was lost as added is told nothing: that shows when they connect
/// again. Belongs to the loop.
final class RoomChecks {

  static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration ANSWER_WAIT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(RoomChecks.class);

  private final GroupLog groups;
  private final Hub hub;
  private final LongFunction<@Nullable Room> rooms;
  private final LastChanges changes;
  private final LongConsumer changed;
  private final Set<Long> due = new LinkedHashSet<>();
  private boolean asking;

  /// @param rooms a group's room, or null where it has none any more
  /// @param changed is told the group whose room somebody was taken out of
  RoomChecks(
      GroupLog groups,
      Hub hub,
      LongFunction<@Nullable Room> rooms,
      LastChanges changes,
      LongConsumer changed) {
    this.groups = groups;
    this.hub = hub;
    this.rooms = rooms;
    this.changes = changes;
    this.changed = changed;
  }

  void check(long groupId) {
    due.add(groupId);
    askNext();
  }

  private void askNext() {
    while (!asking && !due.isEmpty()) {
      long groupId = due.iterator().next();
      due.remove(groupId);
      Room room = rooms.apply(groupId);
      if (room != null && room.size() > 0) {
        ask(room);
      }
    }
  }

  private void ask(Room room) {
    asking = true;
    long groupId = room.groupId();
    long askedSeq = room.lastSeq();
    var asked = new HashSet<Long>();
    for (int i = 0; i < room.size(); i++) {
      asked.add(room.member(i).userId());
    }
    var _ =
        groups
            .membersAmong(groupId, asked)
            .toCompletableFuture()
            .copy()
            .orTimeout(ANSWER_WAIT.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(_ -> Outcome.refused(ErrorCode.UNAVAILABLE, "no answer"))
            .thenAccept(answer -> hub.execute(() -> answered(groupId, asked, askedSeq, answer)));
  }

  private void answered(
      long groupId, Set<Long> asked, long askedSeq, Outcome<GroupLog.Members> answer) {
    asking = false;
    switch (answer) {
      case Done(var members) -> {
        var strangers = new HashSet<>(asked);
        strangers.removeAll(members.userIds());
        remove(groupId, strangers, askedSeq);
      }
      case Refused(var refusal) -> {
        LOG.warn("cannot ask who is in groupId={} code={}", groupId, refusal.code());
        hub.executeLater(() -> check(groupId), AGAIN.toNanos());
      }
    }
    askNext();
  }

  /// Takes out who is no member, but for those of whom a later entry says more.
  private void remove(long groupId, Set<Long> strangers, long askedSeq) {
    Room room = rooms.apply(groupId);
    if (room == null || strangers.isEmpty()) {
      return;
    }
    var out = new ArrayList<Recipient>();
    for (int i = 0; i < room.size(); i++) {
      long userId = room.member(i).userId();
      if (strangers.contains(userId) && changes.lastSeq(groupId, userId) <= askedSeq) {
        out.add(room.member(i));
      }
    }
    out.forEach(room::remove);
    changed.accept(groupId);
  }
}

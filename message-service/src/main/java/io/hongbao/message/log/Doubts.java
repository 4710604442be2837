package io.hongbao.message.log;

import io.hongbao.common.contract.Delivery.LogRun;
import io.hongbao.common.contract.Delivery.LogTail;
import io.hongbao.common.contract.Frames;
import io.hongbao.common.contract.MembershipChange;
import io.hongbao.common.contract.Push;
import io.hongbao.message.group.MembershipEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Groups of which it is not known, or was not told, what the last commit has made: with whom that
/// commit may have brought in or out. Told is in the end what the database says of those users, so
/// that who is out does not go on listening, and who is in hears.
///
/// The database is asked [#AGAIN] after the failure, and again as long as it does not answer. If
/// the lane writes the group before that, what it has read for it is told first.
///
/// At most [#HELD_MAX] groups and users are held; beyond that the first group is let go: that its
/// log has moved shows with its next entry, but whom the commit has moved listens as before until
/// they connect again. Used by the lane's thread.
final class Doubts {

  static final Duration AGAIN = Duration.ofSeconds(1);
  static final int HELD_MAX = 100_000;

  /// Groups asked for in one turn of the lane, a transaction each.
  static final int ASKED_MAX = 64;

  private static final Logger log = LoggerFactory.getLogger(Doubts.class);

  private final Push push;
  private final MembershipEvents membershipEvents;
  private final Outcomes outcomes;

  /// In the order in which they are due.
  private final Map<Long, Doubt> waiting = new LinkedHashMap<>();

  private int held;

  private record Doubt(Set<Long> userIds, long dueNanos) {
    int weight() {
      return 1 + userIds.size();
    }
  }

  /// What the database says of a group; fails where it does not answer, or while a transaction that
  /// has written the group is open.
  @FunctionalInterface
  interface Outcomes {
    @Nullable Outcome read(long groupId);
  }

  record Outcome(long lastSeq, boolean dissolved, Set<Long> memberIds) {}

  Doubts(Push push, MembershipEvents membershipEvents, Outcomes outcomes) {
    this.push = push;
    this.membershipEvents = membershipEvents;
    this.outcomes = outcomes;
  }

  /// @param userIds whom the commit brings in or out, if it takes place
  void add(long groupId, Set<Long> userIds, long nowNanos) {
    var all = new HashSet<>(userIds);
    Doubt before = take(groupId);
    if (before != null) {
      all.addAll(before.userIds);
    }
    var doubt = new Doubt(all, nowNanos + AGAIN.toNanos());
    waiting.put(groupId, doubt);
    held += doubt.weight();
    while (held > HELD_MAX) {
      long first = waiting.keySet().iterator().next();
      log.warn("too many groups in doubt, letting go groupId={}", first);
      var _ = take(first);
    }
  }

  /// To be called before anything is published of a batch that was committed: tells what held when
  /// the batch began.
  void settle(GroupDraft draft) {
    Doubt doubt = waiting.get(draft.groupId());
    if (doubt != null && !draft.isCreated()) {
      long lastSeq = draft.existing().lastSeq() - draft.entries().size();
      boolean dissolved = draft.existing().isDissolved();
      tell(draft.groupId(), doubt.userIds, lastSeq, dissolved, draft::wasMember);
    }
    var _ = take(draft.groupId());
  }

  /// Asks for what is due, and tells it.
  void tellDue(long nowNanos) {
    var due = new ArrayList<Long>();
    for (Map.Entry<Long, Doubt> next : waiting.entrySet()) {
      if (next.getValue().dueNanos - nowNanos > 0 || due.size() == ASKED_MAX) {
        break;
      }
      due.add(next.getKey());
    }
    Iterator<Long> groupIds = due.iterator();
    while (groupIds.hasNext()) {
      long groupId = groupIds.next();
      try {
        ask(groupId);
      } catch (RuntimeException e) {
        log.warn("cannot ask what became of groups groupId={} of={}", groupId, waiting.size(), e);
        groupIds.forEachRemaining(other -> add(other, Set.of(), nowNanos));
        add(groupId, Set.of(), nowNanos); // last, so that it does not keep back the others
      }
    }
  }

  /// Asks for what waits before its time, at the end.
  void tellAll() {
    tellDue(System.nanoTime() + AGAIN.toNanos());
  }

  private void ask(long groupId) {
    Outcome outcome = outcomes.read(groupId);
    Doubt doubt = waiting.get(groupId);
    if (doubt != null && outcome != null) { // else the group was never made
      tell(groupId, doubt.userIds, outcome.lastSeq, outcome.dissolved, outcome.memberIds::contains);
    }
    var _ = take(groupId);
  }

  private @Nullable Doubt take(long groupId) {
    Doubt doubt = waiting.remove(groupId);
    held -= doubt == null ? 0 : doubt.weight();
    return doubt;
  }

  private void tell(
      long groupId, Set<Long> userIds, long lastSeq, boolean dissolved, LongPredicate isMember) {
    if (userIds.isEmpty()) {
      push.publish(new LogTail(groupId, lastSeq));
      return;
    }
    var changes = new ArrayList<MembershipChange>(userIds.size());
    var in = new ArrayList<Long>();
    var out = new ArrayList<Long>();
    for (long userId : userIds) {
      boolean member = isMember.test(userId);
      changes.add(new MembershipChange(userId, lastSeq, member));
      (member && !dissolved ? in : out).add(userId);
    }
    push.publish(new LogRun(groupId, lastSeq, lastSeq, changes, Frames.of(List.of())));
    if (!in.isEmpty()) {
      membershipEvents.joined(groupId, in);
    }
    if (!out.isEmpty()) {
      membershipEvents.removed(groupId, out);
    }
  }
}

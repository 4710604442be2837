package io.hongbao.message.log;

import io.hongbao.common.contract.TraceId;
import io.hongbao.message.group.AdminChange;
import io.hongbao.message.group.Change;
import io.hongbao.message.group.GroupCommand;
import io.hongbao.message.group.GroupFacts;
import io.hongbao.message.group.GroupRules;
import io.hongbao.message.group.GroupState;
import io.hongbao.message.group.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one batch makes of one group: its state as the batch goes on, and what is to be written.
final class GroupDraft {

  private final long groupId;
  private final GroupFacts facts = new GroupFacts();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private @Nullable GroupState state;
  private TraceId trace = TraceId.NONE;
  private boolean created;
  private boolean answered;

  /// @param state null where there is no such group
  GroupDraft(long groupId, @Nullable GroupState state) {
    this.groupId = groupId;
    this.state = state;
  }

  /// What the rules say; changes nothing.
  Verdict decide(GroupRules rules, GroupCommand command, long now) {
    return rules.decide(state, facts, command, now);
  }

  /// Makes the verdict part of the batch, so that the commands behind it see what it changes.
  void take(Verdict verdict, TraceId by) {
    switch (verdict) {
      case Verdict.Done done -> {
        apply(done);
        trace = by;
      }
      case Verdict.Repeat _, Verdict.Refused _ -> answered = true;
    }
  }

  private void apply(Verdict.Done done) {
    GroupState changing = state;
    if (changing == null) {
      changing = create(done);
      state = changing;
      created = true;
    }
    changing.apply(done);
    facts.apply(done);
    entries.addAll(done.entries());
    changes.addAll(done.changes());
  }

  private static GroupState create(Verdict.Done done) {
    for (Change change : done.changes()) {
      if (change instanceof Change.Created made) {
        return GroupState.created(made);
      }
    }
    throw new IllegalStateException("a change of a group that is not there");
  }

  /// Whether something was answered on the word of a state that may be out of date, and nothing is
  /// written by which that would show.
  boolean needsProof() {
    return answered && state != null && !isChanged();
  }

  boolean isChanged() {
    return !entries.isEmpty() || !changes.isEmpty();
  }

  boolean isCreated() {
    return created;
  }

  /// Whom the batch brings in or out: where it ends the group, everybody.
  Set<Long> movedIds() {
    var moved = new HashSet<Long>();
    for (Change change : changes) {
      if (change instanceof Change.Joined(var member)) {
        moved.add(member.userId());
      } else if (change instanceof Change.Left left) {
        moved.add(left.userId());
      } else if (change instanceof AdminChange.Dissolved) {
        existing().members().forEach(member -> moved.add(member.userId()));
      }
    }
    return moved;
  }

  /// Whether the user was a member when the batch began.
  boolean wasMember(long userId) {
    for (Change change : changes) {
      if (change instanceof Change.Joined(var member) && member.userId() == userId) {
        return false;
      }
      if (change instanceof Change.Left left && left.userId() == userId) {
        return true;
      }
    }
    return existing().isMember(userId);
  }

  long groupId() {
    return groupId;
  }

  @Nullable GroupState state() {
    return state;
  }

  /// The state of a group that is there.
  GroupState existing() {
    GroupState there = state;
    if (there == null) {
      throw new IllegalStateException("no state groupId=" + groupId);
    }
    return there;
  }

  /// Of the last request that has changed something.
  TraceId trace() {
    return trace;
  }

  GroupFacts facts() {
    return facts;
  }

  List<Entry> entries() {
    return entries;
  }

  List<Change> changes() {
    return changes;
  }
}

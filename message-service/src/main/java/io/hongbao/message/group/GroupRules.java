package io.hongbao.message.group;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What may be done in a group and what comes of it: one pure function of the group's state, what
/// else is known of it, the command and the time. Reads and writes nothing.
///
/// @param recallWindow how long a sender may take back a message
/// @param editWindow how long a sender may replace its text
public record GroupRules(Duration recallWindow, Duration editWindow) {

  /// @param state null where there is no such group
  /// @param now epoch milliseconds; entries of a group never go back behind the one before
  public Verdict decide(
      @Nullable GroupState state, GroupFacts facts, GroupCommand command, long now) {
    return switch (command) {
      case GroupCommand.Meet meet -> MeetRules.meet(state, facts, meet, now);
      case GroupCommand.Create create -> CreateRules.create(state, facts, create, now);
      case GroupCommand.OnGroup onGroup ->
          state == null
              ? Refusals.refused(Refusals.NO_SUCH_GROUP)
              : onGroup(state, facts, onGroup, Math.max(now, state.lastActivityAt()));
    };
  }

  private Verdict onGroup(
      GroupState state, GroupFacts facts, GroupCommand.OnGroup command, long now) {
    return switch (command) {
      case GroupCommand.Send send -> PostRules.send(state, facts, send, now);
      case GroupCommand.Recall recall ->
          RecallRules.recall(state, facts, recall, recallWindow.toMillis(), now);
      case GroupCommand.Invite invite -> MemberRules.invite(state, facts, invite, now);
      case GroupCommand.JoinById join -> MemberRules.join(state, facts, join, now);
      case GroupCommand.JoinByCode join -> MemberRules.join(state, facts, join, now);
      case GroupCommand.Leave leave -> MemberRules.leave(state, facts, leave, now);
      case GroupCommand.MakeCode make -> CodeRules.make(state, facts, make, now);
      case AdminCommand admin -> AdminRules.decide(state, facts, admin, now);
      case EntryCommand entry -> EntryRules.decide(state, facts, entry, editWindow.toMillis(), now);
    };
  }
}

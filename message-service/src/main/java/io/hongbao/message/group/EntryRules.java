package io.hongbao.message.group;

import io.hongbao.common.error.Refusal;
import io.hongbao.message.log.Target;
import org.jspecify.annotations.Nullable;

/// What is done to an entry that is there: what all of it has in common.
///
/// First that applies: what a repeat is answered; `not_a_member`; `group_dissolved`; whether the
/// caller may do such a thing at all; `not_found` (an entry that is not there or that the caller
/// does not see); `invalid_argument` for one that nobody wrote or that was taken back; what the
/// command itself has.
final class EntryRules {

  private EntryRules() {}

  static Verdict decide(
      GroupState state, GroupFacts facts, EntryCommand command, long editWindowMs, long now) {
    Membership actor = state.member(command.origin().actorId());
    Target target = facts.target(command.seq());
    Answer again = repeated(state, facts, actor, target, command);
    if (again != null) {
      return new Verdict.Repeat(again);
    }
    if (actor == null) {
      return Refusals.refused(Refusals.NOT_A_MEMBER);
    }
    if (state.isDissolved()) {
      return Refusals.refused(Refusals.DISSOLVED);
    }
    Refusal mayNot = mayNot(state, actor, command, now);
    if (mayNot != null) {
      return Refusals.refused(mayNot);
    }
    if (target == null || command.seq() < state.visibleFrom(actor)) {
      return Refusals.refused(Refusals.NO_SUCH_ENTRY);
    }
    if (!target.type().countable() || target.recall() != null) {
      return Refusals.invalid("seq", "is no message, or was taken back");
    }
    return switch (command) {
      case EntryCommand.Pin pin -> PinRules.pin(state, pin, now);
      case EntryCommand.Unpin unpin -> PinRules.unpin(state, unpin, now);
      case EntryCommand.Edit edit -> EditRules.edit(state, actor, target, edit, editWindowMs, now);
      case EntryCommand.React react -> ReactionRules.react(state, facts, react, now);
    };
  }

  private static @Nullable Answer repeated(
      GroupState state,
      GroupFacts facts,
      @Nullable Membership actor,
      @Nullable Target target,
      EntryCommand command) {
    return switch (command) {
      case EntryCommand.Pin pin -> PinRules.repeated(state, facts, actor, pin.seq(), true);
      case EntryCommand.Unpin unpin -> PinRules.repeated(state, facts, actor, unpin.seq(), false);
      case EntryCommand.Edit edit -> EditRules.repeated(target, edit);
      case EntryCommand.React react -> ReactionRules.repeated(state, facts, actor, react);
    };
  }

  private static @Nullable Refusal mayNot(
      GroupState state, Membership actor, EntryCommand command, long now) {
    return switch (command) {
      case EntryCommand.Pin _, EntryCommand.Unpin _ ->
          Act.PIN.isAllowed(actor.role(), state.rules()) ? null : AdminRules.FORBIDDEN;
      case EntryCommand.Edit _ ->
          MuteRule.refusal(actor.role(), actor.mutedUntil(), state.rules().postPolicy(), now);
      case EntryCommand.React react ->
          react.added() ? MuteRule.ofOneself(actor.role(), actor.mutedUntil(), now) : null;
    };
  }
}

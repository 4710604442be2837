package io.hongbao.message.group;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import org.jspecify.annotations.Nullable;

/// What owner and admins do, and members to their own place: what all of it has in common.
///
/// First that applies: the wished state holds already and was brought about by the caller, or the
/// caller may bring it about: the same answer as then, also in a dissolved group; `not_a_member`;
/// `group_dissolved`; what the command itself has.
final class AdminRules {

  static final Refusal FORBIDDEN =
      Refusal.of(ErrorCode.FORBIDDEN, "your role in this group does not allow this");

  private AdminRules() {}

  static Verdict decide(GroupState state, GroupFacts facts, AdminCommand command, long now) {
    Membership actor = state.member(command.origin().actorId());
    Answer again = repeated(state, facts, actor, command, now);
    if (again != null) {
      return new Verdict.Repeat(again);
    }
    if (actor == null) {
      return Refusals.refused(Refusals.NOT_A_MEMBER);
    }
    return state.isDissolved()
        ? Refusals.refused(Refusals.DISSOLVED)
        : change(state, facts, actor, command, now);
  }

  /// What a repeat is answered, or null where it is none.
  private static @Nullable Answer repeated(
      GroupState state,
      GroupFacts facts,
      @Nullable Membership actor,
      AdminCommand command,
      long now) {
    return switch (command) {
      case AdminCommand.SetRole set -> RoleRules.repeated(state, facts, actor, set);
      case AdminCommand.Transfer transfer -> RoleRules.repeated(state, transfer);
      case AdminCommand.Mute mute -> MuteRules.repeated(state, facts, actor, mute, now);
      case AdminCommand.Unban unban -> RemoveRules.repeated(state, facts, actor, unban);
      case AdminCommand.Decide decide -> RequestRules.repeated(state, facts, actor, decide);
      case AdminCommand.Dissolve dissolve -> SettingsRules.repeated(state, dissolve);
      case AdminCommand.Update _, AdminCommand.Remove _, AdminCommand.Nickname _ -> null;
    };
  }

  private static Verdict change(
      GroupState state, GroupFacts facts, Membership actor, AdminCommand command, long now) {
    return switch (command) {
      case AdminCommand.SetRole set -> RoleRules.setRole(state, actor, set, now);
      case AdminCommand.Transfer transfer -> RoleRules.transfer(state, actor, transfer, now);
      case AdminCommand.Mute mute -> MuteRules.mute(state, actor, mute, now);
      case AdminCommand.Unban unban -> RemoveRules.unban(state, actor, unban, now);
      case AdminCommand.Remove remove -> RemoveRules.remove(state, facts, actor, remove, now);
      case AdminCommand.Decide decide -> RequestRules.decide(state, facts, actor, decide, now);
      case AdminCommand.Dissolve dissolve -> SettingsRules.dissolve(state, actor, dissolve, now);
      case AdminCommand.Update update -> SettingsRules.update(state, actor, update, now);
      case AdminCommand.Nickname name -> SettingsRules.nickname(actor, name);
    };
  }

  /// Whether a repeat is answered: to who may do it, and to who did it.
  static boolean isAnsweredAgain(
      GroupState state,
      GroupFacts facts,
      @Nullable Membership actor,
      Act act,
      AuditAction action,
      Origin origin,
      long targetId) {
    return (actor != null && act.isAllowed(actor.role(), state.rules()))
        || facts.admin().didLast(origin.actorId(), action, targetId);
  }

  static Verdict forbidden() {
    return Refusals.refused(FORBIDDEN);
  }

  static Verdict noSuchMember() {
    return Refusals.refused(ErrorCode.NOT_FOUND, "that user is no member of this group");
  }
}

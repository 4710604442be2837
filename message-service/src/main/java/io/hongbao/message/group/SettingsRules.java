package io.hongbao.message.group;

import io.hongbao.common.contract.MediaLibrary.Medium;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the group is called and ruled by, how members are called in it, and its end.
final class SettingsRules {

  private SettingsRules() {}

  /// What of a group's settings has changed.
  private record Settings(
      @Nullable String name,
      @Nullable String announcement,
      @Nullable Long avatarMediaId,
      @Nullable RulesPatch rules) {

    static final Settings NONE = new Settings(null, null, null, null);
  }

  static Verdict update(GroupState state, Membership actor, AdminCommand.Update update, long now) {
    if (!Act.UPDATE.isAllowed(actor.role(), state.rules())) {
      return AdminRules.forbidden();
    }
    return switch (update.avatar()) {
      case Refused(var refusal) -> Refusals.refused(refusal);
      case Done(Medium avatar) -> update(state, update, avatar.mediaId(), now);
      case null -> update(state, update, state.avatarMediaId(), now);
    };
  }

  private static Verdict update(
      GroupState state, AdminCommand.Update update, @Nullable Long avatarMediaId, long now) {
    var changed =
        new AdminChange.SettingsChanged(
            update.name() == null ? state.name() : update.name(),
            update.announcement() == null ? state.announcement() : update.announcement(),
            avatarMediaId,
            update.rules().applyTo(state.rules()));
    Settings after = settings(changed, state);
    return after.equals(Settings.NONE)
        ? new Verdict.Repeat(new Answer.TheGroup(state.group()))
        : updated(state, update.origin(), changed, after, now);
  }

  /// What of the new settings is new.
  private static Settings settings(AdminChange.SettingsChanged changed, GroupState state) {
    return new Settings(
        changed.name().equals(state.name()) ? null : changed.name(),
        changed.announcement().equals(state.announcement()) ? null : changed.announcement(),
        Objects.equals(changed.avatarMediaId(), state.avatarMediaId())
            ? null
            : changed.avatarMediaId(),
        RulesPatch.difference(changed.rules(), state.rules()));
  }

  private static Verdict updated(
      GroupState state,
      Origin origin,
      AdminChange.SettingsChanged changed,
      Settings after,
      long now) {
    var before =
        new Settings(
            after.name() == null ? null : state.name(),
            after.announcement() == null ? null : state.announcement(),
            after.avatarMediaId() == null ? null : state.avatarMediaId(),
            RulesPatch.difference(state.rules(), changed.rules()));
    return new Verdict.Done(
        List.of(
            state.systemEntry(
                origin,
                SystemContent.groupUpdated(
                    origin.actorId(),
                    after.name(),
                    after.announcement(),
                    after.avatarMediaId(),
                    after.rules()),
                now)),
        List.of(
            changed,
            AuditRecord.of(origin, AuditAction.GROUP_UPDATED, List.of(), before, after, now)),
        new Answer.TheGroup(state.groupWith(0, 1).with(changed)));
  }

  /// Everybody's own; writes no entry.
  static Verdict nickname(Membership actor, AdminCommand.Nickname name) {
    String nickname = name.nickname().isEmpty() ? null : name.nickname();
    Membership named = actor.called(nickname);
    return named.equals(actor)
        ? new Verdict.Repeat(new Answer.Nothing())
        : new Verdict.Done(
            List.of(), List.of(new AdminChange.MemberChanged(named)), new Answer.Nothing());
  }

  static @Nullable Answer repeated(GroupState state, AdminCommand.Dissolve dissolve) {
    return state.isDissolved() && dissolve.origin().actorId() == state.ownerId()
        ? new Answer.Nothing()
        : null;
  }

  static Verdict dissolve(
      GroupState state, Membership actor, AdminCommand.Dissolve dissolve, long now) {
    if (!Act.DISSOLVE.isAllowed(actor.role(), state.rules())) {
      return AdminRules.forbidden();
    }
    return new Verdict.Done(
        List.of(
            state.systemEntry(
                dissolve.origin(), SystemContent.groupDissolved(actor.userId()), now)),
        List.of(
            new AdminChange.Dissolved(now),
            AuditRecord.of(dissolve.origin(), AuditAction.GROUP_DISSOLVED, List.of(), now)),
        new Answer.Nothing());
  }
}

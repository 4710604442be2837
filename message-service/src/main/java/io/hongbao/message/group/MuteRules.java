package io.hongbao.message.group;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may not speak, and until when.
final class MuteRules {

  private MuteRules() {}

  private record MutedUntil(long untilAt) {}

  static @Nullable Answer repeated(
      GroupState state,
      GroupFacts facts,
      @Nullable Membership actor,
      AdminCommand.Mute mute,
      long now) {
    Membership target = state.member(mute.userId());
    if (target == null || mute.userId() == mute.origin().actorId()) {
      return null;
    }
    boolean holds =
        mute.untilAt() == target.mutedUntil()
            || (mute.untilAt() == 0 && target.mutedUntil() <= now);
    boolean may = actor != null && Act.MUTE.isAllowedTo(actor.role(), target.role());
    boolean did =
        facts.admin().didLast(mute.origin().actorId(), AuditAction.MEMBER_MUTED, target.userId());
    return holds && (may || did) ? new Answer.Nothing() : null;
  }

  static Verdict mute(GroupState state, Membership actor, AdminCommand.Mute mute, long now) {
    Origin origin = mute.origin();
    if (mute.userId() == actor.userId()) {
      return Refusals.invalid("userId", "is yourself");
    }
    if (!Act.MUTE.isAllowed(actor.role(), state.rules())) {
      return AdminRules.forbidden();
    }
    Membership target = state.member(mute.userId());
    if (target == null) {
      return AdminRules.noSuchMember();
    }
    if (!Act.MUTE.isAllowedTo(actor.role(), target.role())) {
      return AdminRules.forbidden();
    }
    if (mute.untilAt() != 0 && mute.untilAt() <= now) {
      return Refusals.invalid("untilAt", "is past");
    }
    var changes = new ArrayList<Change>();
    changes.add(new AdminChange.MemberChanged(target.mutedUntil(mute.untilAt())));
    if (mute.untilAt() != 0) {
      changes.add(new AdminChange.MuteEnds(target.userId(), mute.untilAt()));
    }
    changes.add(
        AuditRecord.of(
            origin,
            AuditAction.MEMBER_MUTED,
            List.of(target.userId()),
            new MutedUntil(target.mutedUntil() > now ? target.mutedUntil() : 0),
            new MutedUntil(mute.untilAt()),
            now));
    return new Verdict.Done(
        List.of(
            state.systemEntry(
                origin,
                SystemContent.memberMuted(actor.userId(), target.userId(), mute.untilAt()),
                now)),
        changes,
        new Answer.Nothing());
  }
}

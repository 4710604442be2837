package io.hongbao.message.group;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is sent out and who is kept out.
///
/// Bans are for owner and admins alone: they write no entry, but what they remove.
final class RemoveRules {

  private RemoveRules() {}

  private record RemovedToo(List<Long> removedIds) {}

  static Verdict remove(
      GroupState state, GroupFacts facts, Membership actor, AdminCommand.Remove remove, long now) {
    if (remove.userIds().contains(actor.userId())) {
      return Refusals.invalid("userIds", "has yourself");
    }
    if (!Act.REMOVE.isAllowed(actor.role(), state.rules())) {
      return AdminRules.forbidden();
    }
    var removed = new ArrayList<Membership>();
    for (long userId : remove.userIds()) {
      Membership target = state.member(userId);
      if (target != null) {
        if (!Act.REMOVE.isAllowedTo(actor.role(), target.role())) {
          return AdminRules.forbidden();
        }
        removed.add(target);
      }
    }
    List<Long> banned = remove.ban() ? toBan(state, facts, remove.userIds()) : List.of();
    var answer = new Answer.Removed(removedByActor(state, facts, remove));
    return removed.isEmpty() && banned.isEmpty()
        ? new Verdict.Repeat(answer)
        : removed(state, facts, remove.origin(), removed, banned, answer, now);
  }

  private static List<Long> toBan(GroupState state, GroupFacts facts, List<Long> userIds) {
    return userIds.stream()
        .filter(userId -> state.isMember(userId) || facts.isUser(userId))
        .filter(userId -> !facts.admin().isBanned(userId))
        .toList();
  }

  /// Whom the actor removes, or has removed by the same request before.
  private static List<Long> removedByActor(
      GroupState state, GroupFacts facts, AdminCommand.Remove remove) {
    return remove.userIds().stream()
        .filter(
            userId -> {
              FormerMember former = facts.formerMember(userId);
              return state.isMember(userId)
                  || (former != null && former.removedBy() == remove.origin().actorId());
            })
        .toList();
  }

  private static Verdict removed(
      GroupState state,
      GroupFacts facts,
      Origin origin,
      List<Membership> removed,
      List<Long> banned,
      Answer answer,
      long now) {
    long seq = state.lastSeq() + 1;
    long actorId = origin.actorId();
    List<Long> removedIds = removed.stream().map(Membership::userId).toList();
    var changes = new ArrayList<Change>();
    removed.forEach(
        member -> changes.add(new Change.Left(FormerMember.removed(member, actorId), seq)));
    for (long userId : banned) {
      changes.add(new AdminChange.Banned(userId));
      JoinRequest waiting = facts.admin().waiting(userId);
      if (waiting != null) {
        changes.add(new AdminChange.RequestDecided(waiting.decided(false, actorId)));
      }
    }
    changes.add(
        banned.isEmpty()
            ? AuditRecord.of(origin, AuditAction.MEMBERS_REMOVED, removedIds, now)
            : AuditRecord.of(
                origin, AuditAction.MEMBERS_BANNED, banned, null, new RemovedToo(removedIds), now));
    return new Verdict.Done(
        removedIds.isEmpty()
            ? List.of()
            : List.of(
                state.systemEntry(origin, SystemContent.membersRemoved(actorId, removedIds), now)),
        changes,
        answer);
  }

  static @Nullable Answer repeated(
      GroupState state, GroupFacts facts, @Nullable Membership actor, AdminCommand.Unban unban) {
    return !facts.admin().isBanned(unban.userId())
            && AdminRules.isAnsweredAgain(
                state,
                facts,
                actor,
                Act.BAN,
                AuditAction.MEMBER_UNBANNED,
                unban.origin(),
                unban.userId())
        ? new Answer.Nothing()
        : null;
  }

  static Verdict unban(GroupState state, Membership actor, AdminCommand.Unban unban, long now) {
    if (!Act.BAN.isAllowed(actor.role(), state.rules())) {
      return AdminRules.forbidden();
    }
    return new Verdict.Done(
        List.of(),
        List.of(
            new AdminChange.Unbanned(unban.userId()),
            AuditRecord.of(
                unban.origin(), AuditAction.MEMBER_UNBANNED, List.of(unban.userId()), now)),
        new Answer.Nothing());
  }
}

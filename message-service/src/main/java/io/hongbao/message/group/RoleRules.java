package io.hongbao.message.group;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is owner and who is admin. A group has one owner always: only a transfer changes who it is.
final class RoleRules {

  private RoleRules() {}

  private record RoleIs(Role role) {}

  private record OwnerIs(long ownerId) {}

  static @Nullable Answer repeated(
      GroupState state, GroupFacts facts, @Nullable Membership actor, AdminCommand.SetRole set) {
    Membership target = state.member(set.userId());
    return target != null
            && target.role() == set.role()
            && AdminRules.isAnsweredAgain(
                state,
                facts,
                actor,
                Act.SET_ROLE,
                AuditAction.ROLE_CHANGED,
                set.origin(),
                set.userId())
        ? new Answer.Nothing()
        : null;
  }

  static Verdict setRole(GroupState state, Membership actor, AdminCommand.SetRole set, long now) {
    Origin origin = set.origin();
    if (set.userId() == actor.userId() && set.role().compareTo(actor.role()) < 0) {
      return Refusals.invalid("userId", "is yourself");
    }
    if (!Act.SET_ROLE.isAllowed(actor.role(), state.rules())) {
      return AdminRules.forbidden();
    }
    Membership target = state.member(set.userId());
    if (target == null) {
      return AdminRules.noSuchMember();
    }
    if (!Act.SET_ROLE.isAllowedTo(actor.role(), target.role())) {
      return AdminRules.forbidden();
    }
    return new Verdict.Done(
        List.of(
            state.systemEntry(
                origin,
                SystemContent.roleChanged(actor.userId(), target.userId(), set.role()),
                now)),
        List.of(
            new AdminChange.MemberChanged(target.withRole(set.role())),
            AuditRecord.of(
                origin,
                AuditAction.ROLE_CHANGED,
                List.of(target.userId()),
                new RoleIs(target.role()),
                new RoleIs(set.role()),
                now)),
        new Answer.Nothing());
  }

  /// For the old owner, member or not, and for who is the owner.
  static @Nullable Answer repeated(GroupState state, AdminCommand.Transfer transfer) {
    long actorId = transfer.origin().actorId();
    return transfer.userId() == state.ownerId()
            && (actorId == state.ownerId() || actorId == state.previousOwnerId())
        ? new Answer.TheGroup(state.group())
        : null;
  }

  static Verdict transfer(
      GroupState state, Membership actor, AdminCommand.Transfer transfer, long now) {
    Origin origin = transfer.origin();
    if (!Act.TRANSFER.isAllowed(actor.role(), state.rules())) {
      return AdminRules.forbidden();
    }
    Membership target = state.member(transfer.userId());
    if (target == null) {
      return AdminRules.noSuchMember();
    }
    return new Verdict.Done(
        List.of(
            state.systemEntry(
                origin, SystemContent.ownerChanged(actor.userId(), target.userId()), now)),
        List.of(
            new AdminChange.OwnerChanged(target.userId(), actor.userId()),
            new AdminChange.MemberChanged(target.withRole(Role.OWNER).mutedUntil(0)),
            new AdminChange.MemberChanged(actor.withRole(Role.ADMIN)),
            AuditRecord.of(
                origin,
                AuditAction.OWNER_CHANGED,
                List.of(target.userId()),
                new OwnerIs(actor.userId()),
                new OwnerIs(target.userId()),
                now)),
        new Answer.TheGroup(state.groupWith(0, 1).ownedBy(target.userId())));
  }
}

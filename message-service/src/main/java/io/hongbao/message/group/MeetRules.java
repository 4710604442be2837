package io.hongbao.message.group;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Making a group face to face: the first who confirms makes it and owns it, the others join it,
/// whatever its join policy. The code is the invitation.
final class MeetRules {

  private MeetRules() {}

  static Verdict meet(
      @Nullable GroupState state, GroupFacts facts, GroupCommand.Meet meet, long now) {
    return state == null
        ? create(meet, now)
        : join(state, facts, meet, Math.max(now, state.lastActivityAt()));
  }

  private static Verdict create(GroupCommand.Meet meet, long now) {
    Origin origin = meet.origin();
    long ownerId = origin.actorId();
    var made = new Change.Created(origin.groupId(), meet.name(), ownerId, meet.maxMembers(), now);
    var code = new RandomCode(origin.groupId(), meet.code(), meet.place(), ownerId, now);
    GroupState empty = GroupState.created(made);
    return new Verdict.Done(
        List.of(empty.systemEntry(origin, SystemContent.groupCreated(ownerId, meet.name()), now)),
        List.of(
            made,
            new Change.Joined(Membership.begin(ownerId, Role.OWNER, 1, now)),
            new Change.Met(code),
            CreateRules.audit(origin, meet.name(), List.of(), now)),
        new Answer.Met(empty.groupWith(1, 1), true));
  }

  private static Verdict join(
      GroupState state, GroupFacts facts, GroupCommand.Meet meet, long now) {
    Origin origin = meet.origin();
    long userId = origin.actorId();
    boolean created = facts.madeBy(userId);
    if (state.isMember(userId)) {
      return new Verdict.Repeat(new Answer.Met(state.group(), created));
    }
    if (state.isDissolved()) {
      return Refusals.refused(Refusals.DISSOLVED);
    }
    if (facts.admin().isBanned(userId)) {
      return Refusals.refused(Refusals.BANNED);
    }
    return state.room() == 0
        ? Refusals.refused(Refusals.GROUP_FULL)
        : Arrivals.comeIn(
            state,
            facts,
            origin,
            List.of(userId),
            AuditAction.MEMBERS_JOINED,
            new Answer.Met(state.groupWith(1, 1), created),
            now);
  }
}

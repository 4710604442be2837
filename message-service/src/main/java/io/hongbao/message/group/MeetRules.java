package io.hongbao.message.group;

import io.hongbao.message.log.Entry;
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
    Entry entry =
        MemberRules.system(origin, 1, 0, SystemContent.groupCreated(ownerId, meet.name()), now);
    return new Verdict.Done(
        List.of(entry),
        List.of(
            made,
            new Change.Joined(Membership.begin(ownerId, Role.OWNER, 1, now)),
            new Change.Met(code)),
        new Answer.Met(GroupState.created(made).groupWith(1, 1), true));
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
    return state.room() == 0
        ? Refusals.refused(Refusals.GROUP_FULL)
        : MemberRules.comeIn(
            state, origin, List.of(userId), new Answer.Met(state.groupWith(1, 1), created), now);
  }
}

package io.hongbao.message.group;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.message.group.Rules.JoinPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who comes and goes of themself, or is invited.
final class MemberRules {

  private static final Refusal NO_SUCH_USER = Refusal.of(ErrorCode.NOT_FOUND, "no such user");
  private static final Refusal ALREADY_MEMBER =
      Refusal.of(ErrorCode.ALREADY_MEMBER, "that user is a member already");

  private MemberRules() {}

  static Verdict invite(GroupState state, GroupFacts facts, GroupCommand.Invite invite, long now) {
    Membership inviter = state.member(invite.origin().actorId());
    if (inviter == null) {
      return Refusals.refused(Refusals.NOT_A_MEMBER);
    }
    if (state.isDissolved()) {
      return Refusals.refused(Refusals.DISSOLVED);
    }
    if (!Act.INVITE.isAllowed(inviter.role(), state.rules())) {
      return Refusals.refused(ErrorCode.FORBIDDEN, "only owner and admins invite to this group");
    }
    boolean proposes =
        state.rules().joinPolicy() == JoinPolicy.APPROVAL
            && !Act.INVITE_UNDECIDED.isAllowed(inviter.role(), state.rules());
    int room = proposes ? Integer.MAX_VALUE : state.room();
    var taken = new ArrayList<Long>();
    Refusal first = null;
    for (long userId : invite.userIds()) {
      Refusal refusal = notTaken(state, facts, userId, room - taken.size());
      if (refusal == null) {
        taken.add(userId);
      } else if (first == null) {
        first = refusal;
      }
    }
    if (taken.isEmpty() && first != null) {
      return Refusals.refused(first);
    }
    return proposes
        ? RequestRules.propose(state, facts, invite, taken, now)
        : Arrivals.comeIn(
            state,
            facts,
            invite.origin(),
            taken,
            AuditAction.MEMBERS_JOINED,
            new Answer.Invited(taken, List.of()),
            now);
  }

  private static @Nullable Refusal notTaken(
      GroupState state, GroupFacts facts, long userId, int room) {
    if (!facts.isUser(userId)) {
      return NO_SUCH_USER;
    }
    if (state.isMember(userId)) {
      return ALREADY_MEMBER;
    }
    if (facts.admin().isBanned(userId)) {
      return Refusals.BANNED;
    }
    return room <= 0 ? Refusals.GROUP_FULL : null;
  }

  static Verdict join(GroupState state, GroupFacts facts, GroupCommand.JoinById join, long now) {
    Verdict settled = settled(state, facts, join.origin());
    if (settled != null) {
      return settled;
    }
    return switch (state.rules().joinPolicy()) {
      case OPEN -> joinOneself(state, facts, join.origin(), now);
      case INVITE_ONLY -> Refusals.refused(ErrorCode.FORBIDDEN, "this group is by invitation only");
      case APPROVAL -> RequestRules.ask(state, facts, join.origin(), join.message(), now);
    };
  }

  static Verdict join(GroupState state, GroupFacts facts, GroupCommand.JoinByCode join, long now) {
    InviteCode code = facts.code(join.code());
    if (code == null) {
      return Refusals.refused(Refusals.NO_SUCH_CODE);
    }
    Verdict settled = settled(state, facts, join.origin());
    if (settled != null) {
      return settled;
    }
    if (!code.isValidAt(now)) {
      return Refusals.refused(Refusals.CODE_OVER);
    }
    return switch (state.rules().joinPolicy()) {
      case OPEN, INVITE_ONLY -> joinOneself(state, facts, join.origin(), now);
      case APPROVAL -> RequestRules.ask(state, facts, join.origin(), join.message(), now);
    };
  }

  /// What is said to who is a member already, to anybody once the group is dissolved, and to who is
  /// kept out.
  private static @Nullable Verdict settled(GroupState state, GroupFacts facts, Origin origin) {
    if (state.isMember(origin.actorId())) {
      return new Verdict.Repeat(Answer.Joined.to(state.group()));
    }
    if (state.isDissolved()) {
      return Refusals.refused(Refusals.DISSOLVED);
    }
    return facts.admin().isBanned(origin.actorId()) ? Refusals.refused(Refusals.BANNED) : null;
  }

  private static Verdict joinOneself(GroupState state, GroupFacts facts, Origin origin, long now) {
    return state.room() == 0
        ? Refusals.refused(Refusals.GROUP_FULL)
        : Arrivals.comeIn(
            state,
            facts,
            origin,
            List.of(origin.actorId()),
            AuditAction.MEMBERS_JOINED,
            Answer.Joined.to(state.groupWith(1, 1)),
            now);
  }

  static Verdict leave(GroupState state, GroupFacts facts, GroupCommand.Leave leave, long now) {
    Origin origin = leave.origin();
    Membership member = state.member(origin.actorId());
    if (member == null) {
      return facts.formerMember(origin.actorId()) != null
          ? new Verdict.Repeat(new Answer.Nothing())
          : Refusals.refused(Refusals.NOT_A_MEMBER);
    }
    if (state.isDissolved()) {
      return Refusals.refused(Refusals.DISSOLVED);
    }
    if (member.role() == Role.OWNER) {
      return Refusals.refused(ErrorCode.OWNER_MUST_TRANSFER, "an owner hands over first");
    }
    return new Verdict.Done(
        List.of(state.systemEntry(origin, SystemContent.memberLeft(origin.actorId()), now)),
        List.of(
            new Change.Left(FormerMember.left(member), state.lastSeq() + 1),
            AuditRecord.of(origin, AuditAction.MEMBER_LEFT, List.of(member.userId()), now)),
        new Answer.Nothing());
  }
}

package io.hongbao.message.group;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.message.group.Rules.Allowed;
import io.hongbao.message.group.Rules.JoinPolicy;
import io.hongbao.message.log.Entry;
import io.hongbao.message.log.EntryType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Making a group, and who comes and goes.
final class MemberRules {

  private static final Refusal NO_SUCH_USER = Refusal.of(ErrorCode.NOT_FOUND, "no such user");
  private static final Refusal ALREADY_MEMBER =
      Refusal.of(ErrorCode.ALREADY_MEMBER, "that user is a member already");

  private MemberRules() {}

  static Verdict create(
      @Nullable GroupState state, GroupFacts facts, GroupCommand.Create create, long now) {
    if (state != null) {
      return new Verdict.Repeat(new Answer.TheGroup(state.group()));
    }
    Origin origin = create.origin();
    var made =
        new Change.Created(
            origin.groupId(), create.name(), origin.actorId(), create.maxMembers(), now);
    var entries = new ArrayList<Entry>();
    var changes = new ArrayList<Change>();
    entries.add(
        system(origin, 1, 0, SystemContent.groupCreated(origin.actorId(), create.name()), now));
    changes.add(made);
    changes.add(new Change.Joined(Membership.begin(origin.actorId(), Role.OWNER, 1, now)));
    List<Long> others =
        create.memberIds().stream()
            .filter(userId -> userId != origin.actorId() && facts.isUser(userId))
            .limit(create.maxMembers() - 1L)
            .toList();
    if (!others.isEmpty()) {
      Origin second = new Origin(origin.groupId(), origin.actorId(), create.membersMessageId());
      entries.add(system(second, 2, 0, SystemContent.membersJoined(origin.actorId(), others), now));
      changes.addAll(joined(others, 2, now));
    }
    Group group = GroupState.created(made).groupWith(1 + others.size(), entries.size());
    return new Verdict.Done(entries, changes, new Answer.TheGroup(group));
  }

  static Verdict invite(GroupState state, GroupFacts facts, GroupCommand.Invite invite, long now) {
    Membership inviter = state.member(invite.origin().actorId());
    if (inviter == null) {
      return Refusals.refused(Refusals.NOT_A_MEMBER);
    }
    if (state.isDissolved()) {
      return Refusals.refused(Refusals.DISSOLVED);
    }
    if (!inviter.isLeader() && !membersMayInvite(state.rules())) {
      return Refusals.refused(ErrorCode.FORBIDDEN, "only owner and admins invite to this group");
    }
    var taken = new ArrayList<Long>();
    Refusal first = null;
    for (long userId : invite.userIds()) {
      Refusal refusal = notTaken(state, facts, userId, taken.size());
      if (refusal == null) {
        taken.add(userId);
      } else if (first == null) {
        first = refusal;
      }
    }
    return taken.isEmpty() && first != null
        ? Refusals.refused(first)
        : comeIn(state, invite.origin(), taken, new Answer.Invited(taken, List.of()), now);
  }

  /// Under `approval` a member's invitation is a request for owner and admins to decide.
  private static boolean membersMayInvite(Rules rules) {
    return rules.invitePolicy() == Allowed.EVERYONE && rules.joinPolicy() != JoinPolicy.APPROVAL;
  }

  private static @Nullable Refusal notTaken(
      GroupState state, GroupFacts facts, long userId, int takenBefore) {
    if (!facts.isUser(userId)) {
      return NO_SUCH_USER;
    }
    if (state.isMember(userId)) {
      return ALREADY_MEMBER;
    }
    return takenBefore >= state.room() ? Refusals.GROUP_FULL : null;
  }

  static Verdict join(GroupState state, GroupCommand.JoinById join, long now) {
    Verdict settled = settled(state, join.origin());
    if (settled != null) {
      return settled;
    }
    return switch (state.rules().joinPolicy()) {
      case OPEN -> joinOneself(state, join.origin(), now);
      case INVITE_ONLY -> Refusals.refused(ErrorCode.FORBIDDEN, "this group is by invitation only");
      case APPROVAL -> needsApproval();
    };
  }

  static Verdict join(GroupState state, GroupFacts facts, GroupCommand.JoinByCode join, long now) {
    InviteCode code = facts.code(join.code());
    if (code == null) {
      return Refusals.refused(Refusals.NO_SUCH_CODE);
    }
    Verdict settled = settled(state, join.origin());
    if (settled != null) {
      return settled;
    }
    if (!code.isValidAt(now)) {
      return Refusals.refused(ErrorCode.CODE_EXPIRED, "this invite code is no longer valid");
    }
    return switch (state.rules().joinPolicy()) {
      case OPEN, INVITE_ONLY -> joinOneself(state, join.origin(), now);
      case APPROVAL -> needsApproval();
    };
  }

  /// What is said to who is a member already, or to anybody once the group is dissolved.
  private static @Nullable Verdict settled(GroupState state, Origin origin) {
    if (state.isMember(origin.actorId())) {
      return new Verdict.Repeat(Answer.Joined.to(state.group()));
    }
    return state.isDissolved() ? Refusals.refused(Refusals.DISSOLVED) : null;
  }

  private static Verdict needsApproval() {
    return Refusals.refused(ErrorCode.FORBIDDEN, "this group takes members by approval only");
  }

  private static Verdict joinOneself(GroupState state, Origin origin, long now) {
    return state.room() == 0
        ? Refusals.refused(Refusals.GROUP_FULL)
        : comeIn(
            state, origin, List.of(origin.actorId()), Answer.Joined.to(state.groupWith(1, 1)), now);
  }

  static Verdict leave(GroupState state, GroupFacts facts, GroupCommand.Leave leave, long now) {
    Origin origin = leave.origin();
    Membership member = state.member(origin.actorId());
    if (member == null) {
      return facts.wasMember(origin.actorId())
          ? new Verdict.Repeat(new Answer.Nothing())
          : Refusals.refused(Refusals.NOT_A_MEMBER);
    }
    if (state.isDissolved()) {
      return Refusals.refused(Refusals.DISSOLVED);
    }
    if (member.role() == Role.OWNER) {
      return Refusals.refused(ErrorCode.OWNER_MUST_TRANSFER, "an owner hands over first");
    }
    long seq = state.lastSeq() + 1;
    return new Verdict.Done(
        List.of(
            system(origin, seq, state.counted(), SystemContent.memberLeft(origin.actorId()), now)),
        List.of(new Change.Left(origin.actorId(), seq)),
        new Answer.Nothing());
  }

  static Verdict comeIn(
      GroupState state, Origin origin, List<Long> userIds, Answer answer, long now) {
    long seq = state.lastSeq() + 1;
    SystemContent content = SystemContent.membersJoined(origin.actorId(), userIds);
    return new Verdict.Done(
        List.of(system(origin, seq, state.counted(), content, now)),
        joined(userIds, seq, now),
        answer);
  }

  private static List<Change> joined(List<Long> userIds, long seq, long now) {
    return userIds.stream()
        .<Change>map(id -> new Change.Joined(Membership.begin(id, Role.MEMBER, seq, now)))
        .toList();
  }

  static Entry system(Origin origin, long seq, long counted, SystemContent content, long now) {
    return Entry.uncounted(
        origin.groupId(),
        seq,
        origin.messageId(),
        origin.actorId(),
        EntryType.SYSTEM,
        counted,
        content.json(),
        now);
  }
}

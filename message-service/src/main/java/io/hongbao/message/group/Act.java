package io.hongbao.message.group;

import io.hongbao.message.group.Rules.Allowed;

/// What a member may do in a group by role: the permission table of the protocol, and the only one.
/// What it allows may still be refused for other reasons (a mute, a ban, a full group).
public enum Act {
  //            owner       admin            member
  DISSOLVE(Right.YES, Right.NO, Right.NO),
  TRANSFER(Right.TO_OTHERS, Right.NO, Right.NO),
  SET_ROLE(Right.TO_OTHERS, Right.NO, Right.NO),
  REMOVE(Right.TO_OTHERS, Right.TO_MEMBERS, Right.NO),
  MUTE(Right.TO_OTHERS, Right.TO_MEMBERS, Right.NO),
  /// Name, announcement, avatar and rules.
  UPDATE(Right.YES, Right.YES, Right.NO),
  /// The join requests: seeing and deciding them.
  DECIDE(Right.YES, Right.YES, Right.NO),
  INVITE_CODE(Right.YES, Right.YES, Right.NO),
  /// Who is kept out: seeing, adding to and taking from the list.
  BAN(Right.YES, Right.YES, Right.NO),
  AUDIT(Right.YES, Right.YES, Right.NO),
  PIN(Right.YES, Right.YES, Right.NO),
  /// What another has sent, and whenever it was sent.
  RECALL_ANY(Right.YES, Right.YES, Right.NO),
  MENTION_ALL(Right.YES, Right.YES, Right.NO),
  /// Without a wait between two messages, whatever the slow mode.
  POST_AT_WILL(Right.YES, Right.YES, Right.NO),
  POST(Right.YES, Right.YES, Right.BY_POLICY),
  INVITE(Right.YES, Right.YES, Right.BY_POLICY),
  /// Inviting so that nobody has to decide, also where the group takes members by approval.
  INVITE_UNDECIDED(Right.YES, Right.YES, Right.NO);

  private enum Right {
    YES,
    NO,
    /// To everybody but the owner.
    TO_OTHERS,
    /// To those who are neither owner nor admin.
    TO_MEMBERS,
    BY_POLICY
  }

  private final Right owner;
  private final Right admin;
  private final Right member;

  Act(Right owner, Right admin, Right member) {
    this.owner = owner;
    this.admin = admin;
    this.member = member;
  }

  /// Whether the role may, to somebody at least where it is done to somebody.
  public boolean isAllowed(Role actor, Rules rules) {
    return isAllowed(actor, this == INVITE ? rules.invitePolicy() : rules.postPolicy());
  }

  /// The same under the policy that concerns it, where one does.
  boolean isAllowed(Role actor, Allowed policy) {
    return switch (right(actor)) {
      case YES, TO_OTHERS, TO_MEMBERS -> true;
      case NO -> false;
      case BY_POLICY -> policy == Allowed.EVERYONE;
    };
  }

  /// Whether the role may do it to somebody else of that role.
  boolean isAllowedTo(Role actor, Role target) {
    return switch (right(actor)) {
      case TO_OTHERS -> target != Role.OWNER;
      case TO_MEMBERS -> target == Role.MEMBER;
      case NO -> false;
      case YES, BY_POLICY -> throw new IllegalArgumentException(name() + " is done to nobody");
    };
  }

  private Right right(Role actor) {
    return switch (actor) {
      case OWNER -> owner;
      case ADMIN -> admin;
      case MEMBER -> member;
    };
  }
}

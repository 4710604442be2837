package io.hongbao.message.group;

import java.util.ArrayList;
import java.util.List;

/// Users become members.
final class Arrivals {

  private Arrivals() {}

  /// Users who are no members become such, by one entry. Who was waiting to be let in waits no
  /// more; who left or was removed while muted still is.
  static Verdict comeIn(
      GroupState state,
      GroupFacts facts,
      Origin origin,
      List<Long> userIds,
      AuditAction action,
      Answer answer,
      long now) {
    long seq = state.lastSeq() + 1;
    var changes = new ArrayList<Change>();
    for (long userId : userIds) {
      FormerMember former = facts.formerMember(userId);
      Membership member = Membership.begin(userId, Role.MEMBER, seq, now);
      changes.add(
          new Change.Joined(
              former == null || former.mutedUntil() <= now
                  ? member
                  : member.mutedUntil(former.mutedUntil())));
      JoinRequest waiting = facts.admin().waiting(userId);
      if (waiting != null) {
        changes.add(new AdminChange.RequestDecided(waiting.decided(true, origin.actorId())));
      }
    }
    changes.add(AuditRecord.of(origin, action, userIds, now));
    return new Verdict.Done(
        List.of(
            state.systemEntry(origin, SystemContent.membersJoined(origin.actorId(), userIds), now)),
        changes,
        answer);
  }
}

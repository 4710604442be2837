package io.hongbao.message.group;

import io.hongbao.message.group.Rules.Allowed;
import io.hongbao.message.group.Rules.HistoryPolicy;
import org.jspecify.annotations.Nullable;

/// What a user is in a group, as committed: all that a read needs to decide what it may show.
///
/// @param dissolved who was a member then still is one here, and may read
/// @param role null where the user is no member
/// @param joinSeq the join point, 0 where the user is no member
/// @param mutedUntil epoch milliseconds, 0 not muted
/// @param slowModeMs the group's; 0 where there is none
public record Standing(
    long lastSeq,
    HistoryPolicy historyPolicy,
    Allowed postPolicy,
    boolean dissolved,
    @Nullable Role role,
    long joinSeq,
    long mutedUntil,
    int slowModeMs) {

  public boolean isMember() {
    return role != null;
  }

  /// The first entry that the member may read; the policy at the time of reading decides.
  public long firstVisibleSeq() {
    return historyPolicy.firstVisibleSeq(joinSeq);
  }

  /// Whether the user's role allows it, whatever the group's policies: for acts that no policy
  /// concerns.
  boolean may(Act act) {
    return role != null && act.isAllowed(role, Rules.DEFAULT);
  }
}

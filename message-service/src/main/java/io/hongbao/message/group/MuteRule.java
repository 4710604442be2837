package io.hongbao.message.group;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.message.group.Rules.Allowed;
import org.jspecify.annotations.Nullable;

/// Who may not write in a group: whom an admin muted, until then, and everybody but owner and
/// admins where only those may post. The owner is never muted.
public final class MuteRule {

  private MuteRule() {}

  /// Why a member may not write now, or null.
  ///
  /// @param mutedUntil epoch milliseconds, 0 not muted
  public static @Nullable Refusal refusal(
      Role role, long mutedUntil, Allowed postPolicy, long now) {
    Refusal muted = ofOneself(role, mutedUntil, now);
    if (muted != null) {
      return muted;
    }
    return Act.POST.isAllowed(role, postPolicy)
        ? null
        : Refusal.of(ErrorCode.MUTED, "only owner and admins may post in this group");
  }

  /// The same but for the group's policy.
  static @Nullable Refusal ofOneself(Role role, long mutedUntil, long now) {
    return role == Role.OWNER || mutedUntil <= now
        ? null
        : new Refusal(
            ErrorCode.MUTED, "you are muted in this group", null, mutedUntil - now, mutedUntil);
  }
}

package io.hongbao.message.group;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import org.jspecify.annotations.Nullable;

/// The least time between two messages of one member. A message counts from when it was sent,
/// recalled or not.
public final class SlowMode {

  private SlowMode() {}

  /// Why a member may not write yet, or null.
  ///
  /// @param slowModeMs 0 where there is none
  /// @param last when the member wrote last, epoch milliseconds; null for never
  public static @Nullable Refusal refusal(
      Role role, int slowModeMs, @Nullable Long last, long now) {
    if (slowModeMs == 0
        || last == null
        || now - last >= slowModeMs
        || Act.POST_AT_WILL.isAllowed(role, Rules.DEFAULT)) {
      return null;
    }
    return Refusal.retryAfter(
        ErrorCode.RATE_LIMITED, "this group is in slow mode", last + slowModeMs - now);
  }
}

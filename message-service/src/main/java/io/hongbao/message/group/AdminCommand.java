package io.hongbao.message.group;

import io.hongbao.common.contract.MediaLibrary.Medium;
import io.hongbao.common.error.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What owner and admins do in a group, and its members to their own place in it. [AdminRequest]
/// has the order of refusals.
public sealed interface AdminCommand extends GroupCommand.OnGroup {

  /// @param avatar a medium of the actor's, or why it cannot be one; null where it is to stay
  record Update(
      Origin origin,
      @Nullable String name,
      @Nullable String announcement,
      @Nullable Outcome<Medium> avatar,
      RulesPatch rules)
      implements AdminCommand {}

  record Decide(Origin origin, long requestId, boolean accept) implements AdminCommand {}

  record Remove(Origin origin, List<Long> userIds, boolean ban) implements AdminCommand {}

  record Unban(Origin origin, long userId) implements AdminCommand {}

  /// @param role admin or member
  record SetRole(Origin origin, long userId, Role role) implements AdminCommand {}

  record Transfer(Origin origin, long userId) implements AdminCommand {}

  /// @param untilAt epoch milliseconds, 0 lifts the mute
  record Mute(Origin origin, long userId, long untilAt) implements AdminCommand {}

  /// @param nickname empty takes it away
  record Nickname(Origin origin, String nickname) implements AdminCommand {}

  record Dissolve(Origin origin) implements AdminCommand {}
}

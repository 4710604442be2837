package io.hongbao.message.group;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What owner and admins do in a group, and its members to their own place in it. [AdminRequest]
/// has the order of refusals.
public sealed interface AdminCommand extends GroupCommand.OnGroup {

  /// @param avatarMediaId always refused: groups have no avatars yet
  record Update(
      Origin origin,
      @Nullable String name,
      @Nullable String announcement,
      @Nullable Long avatarMediaId,
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

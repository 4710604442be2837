package io.hongbao.message.group;

import org.jspecify.annotations.Nullable;

/// Who waits to be let into a group, or waited: a row of `group_request`.
///
/// @param inviterId the member who proposed the user, null where they asked themself
/// @param message what they said, where they did
/// @param accepted null until decided
/// @param decidedBy null until decided
public record JoinRequest(
    long requestId,
    long groupId,
    long userId,
    @Nullable Long inviterId,
    @Nullable String message,
    long createdAt,
    @Nullable Boolean accepted,
    @Nullable Long decidedBy) {

  /// Most that wait in one group.
  public static final int WAITING_MAX = 1_000;

  public static final int MESSAGE_CHARACTERS_MAX = 200;

  JoinRequest decided(boolean accept, long byId) {
    return new JoinRequest(requestId, groupId, userId, inviterId, message, createdAt, accept, byId);
  }

  boolean isDecided() {
    return accepted != null;
  }
}

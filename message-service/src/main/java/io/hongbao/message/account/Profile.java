package io.hongbao.message.account;

import org.jspecify.annotations.Nullable;

/// A user as a session needs it.
///
/// @param disabledAt epoch milliseconds, null where the account is good
record Profile(
    long userId,
    String username,
    String nickname,
    @Nullable Long avatarMediaId,
    @Nullable Long disabledAt) {

  User user() {
    return new User(userId, username, nickname, avatarMediaId);
  }
}

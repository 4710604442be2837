package io.hongbao.message.account;

import org.jspecify.annotations.Nullable;

/// What logging in needs of a user. The hash never shows in `toString`.
///
/// @param disabledAt epoch milliseconds, null where the account is good
record Account(long userId, String passwordHash, @Nullable Long disabledAt) {
  @Override
  public String toString() {
    return "Account[userId=" + userId + "]";
  }
}

package io.hongbao.message.account;

/// A user's token: the answer to `account.create` and `account.token`. The token never shows in
/// `toString`.
///
/// @param expiresAt epoch milliseconds
record IssuedToken(long userId, String token, long expiresAt) {
  @Override
  public String toString() {
    return "IssuedToken[userId=" + userId + ", expiresAt=" + expiresAt + "]";
  }
}

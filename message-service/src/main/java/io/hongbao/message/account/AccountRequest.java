package io.hongbao.message.account;

import io.hongbao.common.wire.Fields;
import org.jspecify.annotations.Nullable;

/// What who is not logged in may ask: an account and a token. Passwords never show in `toString`.
public sealed interface AccountRequest {

  /// A new account and its first token. Refusals, first that applies: `invalid_argument`,
  /// `rate_limited` (too many from one address), `unavailable` (too many passwords to hash),
  /// `username_taken`.
  record CreateAccount(String username, String password, String nickname)
      implements AccountRequest {
    @Override
    public String toString() {
      return "CreateAccount[username=" + username + "]";
    }
  }

  /// A token for username and password. Refusals, first that applies: `invalid_argument`,
  /// `rate_limited` (too many from one address, or ten wrong passwords for this name),
  /// `unavailable`, `bad_credentials` (the same for an unknown name), `forbidden` (disabled).
  record CreateToken(String username, String password) implements AccountRequest {
    @Override
    public String toString() {
      return "CreateToken[username=" + username + "]";
    }
  }

  /// @return null where the operation is none of these
  static @Nullable AccountRequest parse(String op, Fields fields) {
    return switch (op) {
      case "account.create" ->
          new CreateAccount(
              AccountFields.username(fields),
              AccountFields.password(fields),
              AccountFields.nickname(fields));
      case "account.token" ->
          new CreateToken(
              AccountFields.given(fields, "username"), AccountFields.given(fields, "password"));
      default -> null;
    };
  }
}

package io.hongbao.message.account;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.sql.Queries;
import org.jspecify.annotations.Nullable;

/// Username and password, checked.
///
/// A name that nobody has is checked like any other, against a hash that nothing matches, and
/// counted like any other: neither the answer nor its time nor a limit tells who exists.
final class Login {

  private final UserStore store;
  private final Passwords passwords;
  private final Limits limits;
  private final Queries queries;

  Login(UserStore store, Passwords passwords, Limits limits, Queries queries) {
    this.store = store;
    this.passwords = passwords;
    this.limits = limits;
    this.queries = queries;
  }

  /// The user whose they are. Refusals, first that applies: `rate_limited`, `unavailable`,
  /// `bad_credentials`, `forbidden`. Called on a virtual thread, outside any [Queries#turn].
  Outcome<Long> logIn(String username, String password) {
    if (!AccountFields.isUsername(username)) {
      return badCredentials();
    }
    long closedMs = limits.closed(username);
    if (closedMs > 0) {
      return tooManyWrong(closedMs);
    }
    Account found = queries.<@Nullable Account>turn(() -> store.account(username));
    Account account = found == null ? new Account(0, passwords.nobodysHash(), null) : found;
    return switch (passwords.turn(() -> check(username, password, account.passwordHash()))) {
      case Refused(var refusal) -> Outcome.refused(refusal);
      case Done(var bestHash) -> admit(account, bestHash);
    };
  }

  /// The hash to keep from now on, if the password is right. Runs on a hasher's thread and looks at
  /// the limit there again, so that a line full of guesses is not checked to its end.
  private Outcome<String> check(String username, String password, String hash) {
    long closedMs = limits.closed(username);
    if (closedMs > 0) {
      return tooManyWrong(closedMs);
    }
    PasswordHash hashing = passwords.hashing();
    if (!hashing.matches(password, hash)) {
      limits.wrongPassword(username);
      return badCredentials();
    }
    return Outcome.done(hashing.isCurrent(hash) ? hash : hashing.hash(password));
  }

  private Outcome<Long> admit(Account account, String bestHash) {
    if (account.disabledAt() != null) {
      return Outcome.refused(ErrorCode.FORBIDDEN, "this account is disabled");
    }
    if (!bestHash.equals(account.passwordHash())) {
      queries.turn(() -> store.replaceHash(account.userId(), account.passwordHash(), bestHash));
    }
    return Outcome.done(account.userId());
  }

  private static <T> Outcome<T> badCredentials() {
    return Outcome.refused(ErrorCode.BAD_CREDENTIALS, "username or password is wrong");
  }

  private static <T> Outcome<T> tooManyWrong(long waitMs) {
    return Outcome.refused(
        Refusal.retryAfter(
            ErrorCode.RATE_LIMITED, "too many wrong passwords for this username", waitMs));
  }
}

package io.hongbao.message.account;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Identity;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.wire.Json;
import io.hongbao.message.account.AccountRequest.CreateAccount;
import io.hongbao.message.account.AccountRequest.CreateToken;
import io.hongbao.message.account.Tokens.Verified;
import java.util.concurrent.CompletionStage;

/// Accounts, and tokens as the proof that one is somebody's.
public final class Accounts implements Identity {

  private final UserStore store;
  private final Profiles profiles;
  private final Passwords passwords;
  private final Tokens tokens;
  private final Limits limits;
  private final Queries queries;
  private final Login login;

  Accounts(
      UserStore store,
      Profiles profiles,
      Passwords passwords,
      Tokens tokens,
      Limits limits,
      Queries queries) {
    this.store = store;
    this.profiles = profiles;
    this.passwords = passwords;
    this.tokens = tokens;
    this.limits = limits;
    this.queries = queries;
    this.login = new Login(store, passwords, limits, queries);
  }

  /// Answers a caller who has not logged in. Returns at once.
  public CompletionStage<Reply> handle(Caller caller, AccountRequest request) {
    return switch (request) {
      case CreateAccount create ->
          queries.call("account.create", () -> create(caller, create), Reply::refused);
      case CreateToken create ->
          queries.call("account.token", () -> logIn(caller, create), Reply::refused);
    };
  }

  @Override
  public CompletionStage<Outcome<Authenticated>> authenticate(String token) {
    return queries.call("authenticate", () -> authenticated(token), Outcome::refused);
  }

  private Reply create(Caller caller, CreateAccount request) {
    long waitMs = limits.request(caller.address());
    if (waitMs > 0) {
      return tooMany(waitMs);
    }
    return switch (passwords.hash(request.password())) {
      case Refused(var refusal) -> Reply.refused(refusal);
      case Done(var hash) ->
          token(queries.turn(() -> store.create(request.username(), request.nickname(), hash)));
    };
  }

  private Reply logIn(Caller caller, CreateToken request) {
    long waitMs = limits.request(caller.address());
    return waitMs > 0
        ? tooMany(waitMs)
        : token(login.logIn(request.username(), request.password()));
  }

  private Reply token(Outcome<Long> user) {
    return switch (user) {
      case Refused(var refusal) -> Reply.refused(refusal);
      case Done(var userId) -> Reply.of(tokens.issue(userId));
    };
  }

  private Outcome<Authenticated> authenticated(String token) {
    Verified verified = tokens.verify(token);
    Profile profile = verified == null ? null : profiles.of(verified.userId());
    if (verified == null || profile == null) {
      return Outcome.refused(ErrorCode.UNAUTHENTICATED, "this token is not valid");
    }
    if (profile.disabledAt() != null) {
      return Outcome.refused(ErrorCode.FORBIDDEN, "this account is disabled");
    }
    return Outcome.done(
        new Authenticated(profile.userId(), verified.expiresAt(), Json.bytes(profile.user())));
  }

  private static Reply tooMany(long waitMs) {
    return Reply.refused(
        Refusal.retryAfter(
            ErrorCode.RATE_LIMITED, "too many accounts and tokens from this address", waitMs));
  }
}

package io.hongbao.common.contract;

import io.hongbao.common.error.Outcome;
import java.util.concurrent.CompletionStage;

/// Turns a token into a user. Implemented by the message service, called by the gateway.
public interface Identity {

  /// Refusals: `unauthenticated` (with [Authenticated#expiresAt] in the past the token was good but
  /// is expired, which is no refusal here), `forbidden` where the account is disabled,
  /// `unavailable`.
  CompletionStage<Outcome<Authenticated>> authenticate(String token);

  /// @param expiresAt epoch milliseconds; in the past where the token has expired
  /// @param user the `User` object of the protocol as JSON
  record Authenticated(long userId, long expiresAt, byte[] user) {}
}

package io.hongbao.gateway.kit;

import io.hongbao.common.contract.Identity;
import io.hongbao.common.contract.TraceId;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/// Tokens that say themselves what they are: `user-7` is user 7's for an hour, `short-7-300` for
/// 300 ms, `expired-7` was once; `disabled` is a closed account's, anything else is bad. Any number
/// of next answers may be made to fail.
public final class FakeIdentity implements Identity {

  public static final Refusal UNAVAILABLE =
      Refusal.retryAfter(ErrorCode.UNAVAILABLE, "try again", 1_234);

  private final AtomicInteger outages = new AtomicInteger();
  private final AtomicInteger crashes = new AtomicInteger();
  private volatile CompletionStage<?> gate = CompletableFuture.completedStage(null);
  private volatile TraceId trace = TraceId.NONE;

  /// The request that it was last asked for.
  public TraceId trace() {
    return trace;
  }

  /// The next answers are `unavailable`.
  public void failNext(int answers) {
    outages.set(answers);
  }

  /// The next answers are exceptions.
  public void crashNext(int answers) {
    crashes.set(answers);
  }

  /// Answers wait for this stage.
  public void waitFor(CompletionStage<?> gate) {
    this.gate = gate;
  }

  @Override
  public CompletionStage<Outcome<Authenticated>> authenticate(String token) {
    trace = TraceId.current();
    return gate.thenApply(_ -> answer(token));
  }

  private Outcome<Authenticated> answer(String token) {
    if (crashes.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new IllegalStateException("on purpose");
    }
    if (outages.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      return Outcome.refused(UNAVAILABLE);
    }
    String[] parts = token.split("-");
    return switch (parts[0]) {
      case "user" -> known(parts, Duration.ofHours(1));
      case "short" -> known(parts, Duration.ofMillis(Long.parseLong(parts[2])));
      case "expired" -> known(parts, Duration.ofHours(-1));
      case "disabled" -> Outcome.refused(ErrorCode.FORBIDDEN, "the account is disabled");
      default -> Outcome.refused(ErrorCode.UNAUTHENTICATED, "the token is not valid");
    };
  }

  private static Outcome<Authenticated> known(String[] parts, Duration validity) {
    long userId = Long.parseLong(parts[1]);
    return Outcome.done(
        new Authenticated(
            userId,
            Instant.now().plus(validity).toEpochMilli(),
            Json.bytes(new User(userId, "name" + userId, "Nick " + userId))));
  }

  record User(long userId, String username, String nickname) {}
}

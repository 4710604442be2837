package io.hongbao.gateway.http;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What a connection hears that is one too many.
public final class Overloaded implements Site {

  private static final long RETRY_MS = 5_000;

  @Override
  public CompletionStage<HttpAnswer> answer(HttpCall call) {
    return CompletableFuture.completedStage(
        HttpAnswer.problem(
            Refusal.retryAfter(ErrorCode.UNAVAILABLE, "too many connections", RETRY_MS)));
  }
}

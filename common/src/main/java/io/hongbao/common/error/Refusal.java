package io.hongbao.common.error;

import org.jspecify.annotations.Nullable;

/// A request that was not carried out, and why: the `error` object of a reply.
///
/// @param message for people, never with content of theirs in it
/// @param field the path with dots of the field at fault, with `invalid_argument` only
/// @param retryAfterMs where, and only where, the same request may succeed later
/// @param untilAt epoch milliseconds, with `muted` only
public record Refusal(
    ErrorCode code,
    String message,
    @Nullable String field,
    @Nullable Long retryAfterMs,
    @Nullable Long untilAt) {

  public static Refusal of(ErrorCode code, String message) {
    return new Refusal(code, message, null, null, null);
  }

  public static Refusal invalid(String field, String message) {
    return new Refusal(ErrorCode.INVALID_ARGUMENT, message, field, null, null);
  }

  public static Refusal retryAfter(ErrorCode code, String message, long retryAfterMs) {
    return new Refusal(code, message, null, retryAfterMs, null);
  }
}

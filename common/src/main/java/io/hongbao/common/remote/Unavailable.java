package io.hongbao.common.remote;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;

/// What a failure of the wire is to whoever asked: whether the request took effect is unknown.
final class Unavailable {

  private static final long RETRY_AFTER_MS = 1_000;

  private Unavailable() {}

  static Refusal notConnected() {
    return because("no instance can be reached");
  }

  static Refusal lost() {
    return because("the connection was lost");
  }

  static Refusal late() {
    return because("the answer takes too long");
  }

  static Refusal overloaded() {
    return because("too many requests are waiting");
  }

  private static Refusal because(String message) {
    return Refusal.retryAfter(ErrorCode.UNAVAILABLE, message, RETRY_AFTER_MS);
  }
}

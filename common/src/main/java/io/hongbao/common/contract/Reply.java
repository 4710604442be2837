package io.hongbao.common.contract;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.wire.Json;

/// The answer to a [Request]: the JSON bytes that stand behind `data` in the reply, or the refusal.
public sealed interface Reply {

  record Success(byte[] data) implements Reply {}

  record Failure(Refusal refusal) implements Reply {}

  static Reply of(Object value) {
    return new Success(Json.bytes(value));
  }

  static Reply refused(Refusal refusal) {
    return new Failure(refusal);
  }

  static Reply refused(ErrorCode code, String message) {
    return new Failure(Refusal.of(code, message));
  }
}

package io.hongbao.common.error;

/// What became of a request that may be refused: expected refusals are values, not exceptions.
public sealed interface Outcome<T> {

  record Done<T>(T value) implements Outcome<T> {}

  record Refused<T>(Refusal refusal) implements Outcome<T> {}

  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Outcome<T> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }

  static <T> Outcome<T> refused(ErrorCode code, String message) {
    return new Refused<>(Refusal.of(code, message));
  }
}

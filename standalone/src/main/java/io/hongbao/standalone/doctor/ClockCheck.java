package io.hongbao.standalone.doctor;

import java.time.Duration;
import java.time.Instant;

/// Whether another machine's clock goes as ours does.
final class ClockCheck {

  /// Beyond it people see it: tokens, rooms and packets end early or late.
  private static final Duration WARN_FROM = Duration.ofSeconds(2);

  /// Beyond it things break: S3 stores refuse signatures from 15 minutes on.
  private static final Duration FAIL_FROM = Duration.ofSeconds(60);

  private ClockCheck() {}

  /// @param asked ours when the other was asked
  /// @param answered ours when its answer was here
  static Finding of(String subject, Instant theirs, Instant asked, Instant answered) {
    Duration error = Duration.between(asked, answered).dividedBy(2);
    Duration apart = Duration.between(asked.plus(error), theirs).abs().minus(error);
    String says =
        "its clock is %.1f s from this machine's".formatted(Math.max(0, apart.toMillis()) / 1e3);
    String todo = says + ": let both follow the same time servers (NTP)";
    if (apart.compareTo(FAIL_FROM) > 0) {
      return Finding.failure(subject, todo);
    }
    return Finding.advise(apart.compareTo(WARN_FROM) <= 0, subject, says, todo);
  }
}

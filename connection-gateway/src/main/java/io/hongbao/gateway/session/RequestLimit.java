package io.hongbao.gateway.session;

/// How often one session may ask: a token bucket, kept as the time at which it will be full again.
///
/// A request that finds no token is refused. Each refusal counts until a request that is admitted
/// makes up for it; a session with more than twice the burst of them is one that ignores them.
final class RequestLimit {

  /// What all sessions share.
  ///
  /// @param intervalNanos how long one token takes to come back
  /// @param burst the most tokens
  record Rate(long intervalNanos, int burst) {
    static Rate of(int requestsPerSecond, int burst) {
      return new Rate(1_000_000_000L / requestsPerSecond, burst);
    }
  }

  private long fullAtNanos;
  private int refusals;

  RequestLimit(long nowNanos) {
    this.fullAtNanos = nowNanos;
  }

  /// Takes a token.
  ///
  /// @return 0, or how many milliseconds it takes until there is one
  long take(Rate rate, long nowNanos) {
    long missing = Math.max(0, fullAtNanos - nowNanos);
    long tooMuch = missing - (rate.burst() - 1) * rate.intervalNanos();
    if (tooMuch > 0) {
      refusals++;
      return tooMuch / 1_000_000 + 1;
    }
    fullAtNanos = nowNanos + missing + rate.intervalNanos();
    refusals = Math.max(0, refusals - 1);
    return 0;
  }

  boolean isIgnored(Rate rate) {
    return refusals > 2 * rate.burst();
  }
}

package io.hongbao.message.account;

/// Counts hits against limits. Two of them: [RedisLimits] for all processes together, and
/// [LocalLimits] for one alone while Redis is away.
interface LimitCounter {

  /// Counts a hit.
  ///
  /// @param subject what the limit is about: each has its own count
  /// @return 0 where it went through and counts, else for how many milliseconds it is refused
  long hit(Limit limit, String subject, long nowMs);

  /// What [#hit] would return, without a hit.
  long ask(Limit limit, String subject, long nowMs);
}

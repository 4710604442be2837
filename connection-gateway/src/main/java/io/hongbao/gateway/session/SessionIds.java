package io.hongbao.gateway.session;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Numbers a gateway's sessions, each one higher than the one before.
///
/// A gateway has nobody to ask for a number of its own: it begins anywhere among 2^62, so that two
/// of them never come near each other. Used by all its event loops.
public final class SessionIds {

  private static final int RANDOM_BITS = 62;

  private final long first;
  private final AtomicLong last;

  public SessionIds() {
    this(new SecureRandom());
  }

  SessionIds(RandomGenerator random) {
    this.first = random.nextLong() >>> (Long.SIZE - RANDOM_BITS);
    this.last = new AtomicLong(first);
  }

  long next() {
    return last.incrementAndGet();
  }

  /// A name for the gateway itself, until it ends.
  String node() {
    return HexFormat.of().toHexDigits((int) (first >>> (RANDOM_BITS - Integer.SIZE)));
  }
}

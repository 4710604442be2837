package io.hongbao.message.account;

import io.hongbao.common.redis.Outages;
import io.hongbao.common.redis.Redis;
import io.lettuce.core.RedisException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How often accounts, tokens and face-to-face rooms may be asked for: by address, by wrong
/// passwords for one name, and by user. Each method answers for how many milliseconds the request
/// is refused, 0 where it goes through.
///
/// Counted in Redis for all processes together. What Redis is away for, each process counts for
/// itself, from nothing. Blocks as long as a Redis command may take.
public final class Limits {

  private static final Logger log = LoggerFactory.getLogger(Limits.class);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// Ten within a minute, the protocol says, and then a minute's pause.
  private static final Limit WRONG_PASSWORDS =
      new Limit("password", 10, MINUTE, Duration.ofMillis(1), MINUTE);

  /// Of one user; there are no more than 10,000 codes.
  private static final Limit FACE_ENTERS =
      new Limit("face", 10, MINUTE, Duration.ofMillis(1), Duration.ZERO);

  /// A home network has one such prefix; an attacker has all the addresses in it.
  private static final int IPV6_NETWORK_BYTES = 8;

  private final Limit address;
  private final LimitCounter shared;
  private final LimitCounter local = new LocalLimits();
  private final Clock clock;
  private final Outages outages = new Outages();

  public Limits(Redis redis, Clock clock, int addressPerMinute) {
    this.address =
        new Limit("address", addressPerMinute, MINUTE, Duration.ofSeconds(1), Duration.ZERO);
    this.shared = new RedisLimits(redis);
    this.clock = clock;
  }

  /// Counts a request of this network address.
  long request(String networkAddress) {
    String network = network(networkAddress);
    return count(address, network, counter -> counter.hit(address, network, clock.millis()));
  }

  /// Counts a `face.enter` of this user, and of this network address where the user may.
  public long enter(long userId, String networkAddress) {
    String user = Long.toString(userId);
    long wait = count(FACE_ENTERS, user, counter -> counter.hit(FACE_ENTERS, user, clock.millis()));
    return wait > 0 ? wait : request(networkAddress);
  }

  /// Whether this name, somebody's or nobody's, is closed for now.
  long closed(String username) {
    return count(
        WRONG_PASSWORDS,
        username,
        counter -> counter.ask(WRONG_PASSWORDS, username, clock.millis()));
  }

  /// Counts a wrong password for this name.
  void wrongPassword(String username) {
    count(
        WRONG_PASSWORDS,
        username,
        counter -> counter.hit(WRONG_PASSWORDS, username, clock.millis()));
  }

  private long count(Limit limit, String subject, ToLongFunction<LimitCounter> counting) {
    String key = RedisLimits.key(limit, subject);
    try {
      long wait = counting.applyAsLong(shared);
      if (outages.ends(key)) {
        log.info("Redis is back, limits count together again");
      }
      return wait;
    } catch (RedisException e) {
      if (outages.begins(key)) {
        log.warn("Redis failed, limits count in this process alone", e);
      }
      return counting.applyAsLong(local);
    }
  }

  private static String network(String networkAddress) {
    if (networkAddress.indexOf(':') < 0) {
      return networkAddress;
    }
    try {
      return InetAddress.ofLiteral(networkAddress) instanceof Inet6Address address
          ? HexFormat.of().formatHex(address.getAddress(), 0, IPV6_NETWORK_BYTES)
          : networkAddress;
    } catch (IllegalArgumentException _) {
      return networkAddress;
    }
  }
}

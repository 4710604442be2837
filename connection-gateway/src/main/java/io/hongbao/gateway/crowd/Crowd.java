package io.hongbao.gateway.crowd;

import io.hongbao.common.contract.Delivery.PacketCrowd;
import io.hongbao.common.contract.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who has asked for one packet's places through this gateway. Any number of threads.
final class Crowd {

  /// Users let through for each place.
  private static final int USERS_FOR_A_PLACE = 2;

  /// After so long more may ask, as long as places are left: those let through may have been
  /// strangers, or gone.
  static final Duration REFILL_AFTER = Duration.ofMillis(500);

  /// Users remembered for a packet, some 50 bytes each; beyond they are forgotten, and ask again.
  static final int USERS_MAX = 10_000;

  private final Set<Long> seen = new HashSet<>();
  private final Map<Long, Reply> told = new HashMap<>();
  private int admissions;
  private int left;
  private long refilledNanos;
  private @Nullable Set<Long> takers;

  Crowd(PacketCrowd news, long nowNanos) {
    this.admissions = USERS_FOR_A_PLACE * news.left();
    this.refilledNanos = nowNanos;
    know(news);
  }

  synchronized void know(PacketCrowd news) {
    left = news.left();
    if (news.takers() != null) {
      takers = Set.copyOf(news.takers());
    }
  }

  /// Whether the user may ask the service; who has asked may always ask again.
  synchronized boolean admits(long userId, long nowNanos) {
    if (takers != null || seen.contains(userId)) {
      return true;
    }
    if (admissions == 0 && nowNanos - refilledNanos >= REFILL_AFTER.toNanos()) {
      admissions = Math.max(1, USERS_FOR_A_PLACE * left);
      refilledNanos = nowNanos;
    }
    if (admissions == 0) {
      return false;
    }
    admissions--;
    if (seen.size() >= USERS_MAX) {
      seen.clear();
    }
    seen.add(userId);
    return true;
  }

  /// What the service told a user once no place was to be had any more, or null.
  synchronized @Nullable Reply told(long userId) {
    return told.get(userId);
  }

  /// Keeps an answer that stays for ever: the service's, given after the end to one without a
  /// place.
  synchronized void keep(long userId, Reply reply) {
    if (takers != null && !takers.contains(userId) && told.size() < USERS_MAX) {
      told.put(userId, reply);
    }
  }

  synchronized boolean isOver() {
    return takers != null;
  }
}

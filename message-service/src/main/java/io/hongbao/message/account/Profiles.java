package io.hongbao.message.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hongbao.common.sql.Queries;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The profiles of who connects, so that a crowd coming back asks MySQL once for each of them.
///
/// What another process changes (a nickname, a disabled account) shows after at most [#TTL]. Both
/// methods may wait for a connection: they are never called within a [Queries#turn].
final class Profiles {

  /// Profiles kept; beyond, the ones least used are read anew.
  private static final int PROFILES_MAX = 50_000;

  private static final Duration TTL = Duration.ofSeconds(10);

  private final Cache<Long, Profile> cache =
      Caffeine.newBuilder().maximumSize(PROFILES_MAX).expireAfterWrite(TTL).build();
  private final UserStore store;
  private final Queries queries;

  Profiles(UserStore store, Queries queries) {
    this.store = store;
    this.queries = queries;
  }

  /// The profile, or null where there is no such user.
  @Nullable Profile of(long userId) {
    return cache.get(userId, id -> queries.turn(() -> store.profile(id)));
  }

  /// Called after the commit of a change.
  void forget(long userId) {
    cache.invalidate(userId);
  }
}

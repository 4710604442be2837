package io.hongbao.gateway.kit;

import io.hongbao.common.contract.Memberships;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/// Who is in which group, as the database would have it.
public final class FakeMemberships implements Memberships {

  private final ConcurrentMap<Long, Map<Long, Long>> groups = new ConcurrentHashMap<>();
  private final AtomicInteger outages = new AtomicInteger();
  private volatile LongConsumer afterReading = _ -> {};

  public void put(long userId, long groupId, long lastSeq) {
    groups.computeIfAbsent(userId, _ -> new ConcurrentHashMap<>()).put(groupId, lastSeq);
  }

  public void remove(long userId, long groupId) {
    groups.getOrDefault(userId, new ConcurrentHashMap<>()).remove(groupId);
  }

  public void failNext(int answers) {
    outages.set(answers);
  }

  /// Runs between the reading of a user's groups and the answer.
  public void afterReading(LongConsumer action) {
    afterReading = action;
  }

  @Override
  public CompletionStage<List<Membership>> groupsOf(long userId) {
    if (outages.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      return CompletableFuture.failedStage(new IllegalStateException("on purpose"));
    }
    List<Membership> read =
        groups.getOrDefault(userId, Map.of()).entrySet().stream()
            .map(e -> new Membership(e.getKey(), e.getValue()))
            .toList();
    afterReading.accept(userId);
    return CompletableFuture.completedStage(read);
  }
}

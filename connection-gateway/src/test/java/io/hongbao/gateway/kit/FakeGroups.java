package io.hongbao.gateway.kit;

import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// Whom the database would not have in any group; everybody else is in all of them.
public final class FakeGroups implements GroupLog {

  private final Set<Long> strangers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger outages = new AtomicInteger();

  public void remove(long userId) {
    strangers.add(userId);
  }

  public void failNext(int answers) {
    outages.set(answers);
  }

  @Override
  public CompletionStage<Outcome<Members>> membersAmong(long groupId, Collection<Long> userIds) {
    return CompletableFuture.completedStage(
        outages.getAndUpdate(n -> Math.max(0, n - 1)) > 0
            ? Outcome.refused(ErrorCode.UNAVAILABLE, "on purpose")
            : Outcome.done(
                new Members(
                    false,
                    userIds.stream()
                        .filter(userId -> !strangers.contains(userId))
                        .collect(Collectors.toSet()))));
  }

  @Override
  public CompletionStage<Outcome<Members>> members(long groupId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Outcome<Writer>> writer(long groupId, long userId, long companionId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Outcome<Appended>> append(NewEntry entry) {
    throw new UnsupportedOperationException();
  }
}

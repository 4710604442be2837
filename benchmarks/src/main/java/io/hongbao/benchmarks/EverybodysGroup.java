package io.hongbao.benchmarks;

import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.error.Outcome;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/// A group that everybody is in, and whose entries nobody reads.
final class EverybodysGroup implements GroupLog {

  private final AtomicLong entries = new AtomicLong();

  @Override
  public CompletionStage<Outcome<Writer>> writer(long groupId, long userId, long companionId) {
    return done(new Writer(true));
  }

  @Override
  public CompletionStage<Outcome<Members>> membersAmong(long groupId, Collection<Long> userIds) {
    return done(new Members(false, Set.copyOf(userIds)));
  }

  @Override
  public CompletionStage<Outcome<Members>> members(long groupId) {
    return done(new Members(false, Set.of()));
  }

  @Override
  public CompletionStage<Outcome<Appended>> append(NewEntry entry) {
    return done(
        new Appended(entry.messageId(), entries.incrementAndGet(), System.currentTimeMillis()));
  }

  private static <T> CompletionStage<Outcome<T>> done(T answer) {
    return CompletableFuture.completedFuture(Outcome.done(answer));
  }
}

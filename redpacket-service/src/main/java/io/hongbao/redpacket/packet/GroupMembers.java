package io.hongbao.redpacket.packet;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.GroupLog.Members;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// Who is in a group, for those who get nothing: a crowd is answered from one reading of the
/// members. Whoever is to get something is asked about afresh.
final class GroupMembers {

  /// Members of all groups held in memory, some 50 bytes each.
  static final int COUNT_MAX = 1_000_000;

  /// How long one who has left may still be told that a packet is empty.
  static final Duration KEPT = Duration.ofSeconds(10);

  private final GroupLog groups;
  private final AsyncCache<Long, Outcome<Members>> members;

  GroupMembers(GroupLog groups, Executor threads) {
    this.groups = groups;
    this.members =
        Caffeine.newBuilder()
            .maximumWeight(COUNT_MAX)
            .weigher((Long _, Outcome<Members> known) -> 1 + size(known))
            .expireAfterWrite(KEPT)
            .executor(threads)
            .buildAsync();
  }

  /// Whether the user is a member; who has joined a moment ago is.
  CompletionStage<Outcome<Boolean>> isMember(long groupId, long userId) {
    return members
        .get(groupId, (id, _) -> groups.members(id).toCompletableFuture())
        .thenCompose(
            known -> {
              if (known instanceof Refused<Members>) {
                members.synchronous().invalidate(groupId);
              }
              return known instanceof Done(Members all) && all.userIds().contains(userId)
                  ? CompletableFuture.completedFuture(Outcome.done(true))
                  : askFor(groupId, userId);
            });
  }

  private CompletionStage<Outcome<Boolean>> askFor(long groupId, long userId) {
    return groups
        .membersAmong(groupId, List.of(userId))
        .thenApply(
            answer ->
                switch (answer) {
                  case Done(Members found) -> Outcome.done(found.userIds().contains(userId));
                  case Refused(var refusal) -> Outcome.refused(refusal);
                });
  }

  private static int size(Outcome<Members> known) {
    return known instanceof Done(Members all) ? all.userIds().size() : 0;
  }
}

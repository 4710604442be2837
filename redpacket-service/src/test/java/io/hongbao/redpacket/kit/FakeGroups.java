package io.hongbao.redpacket.kit;

import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Refusal;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Groups as the message service has them: entries once by their key, and refusals and outages as a
/// test wants them.
public final class FakeGroups implements GroupLog {

  private final Map<Long, Set<Long>> members = new ConcurrentHashMap<>();
  private final Map<Long, Boolean> dissolved = new ConcurrentHashMap<>();
  private final Map<String, Appended> entries = new LinkedHashMap<>();
  private final Map<String, NewEntry> contents = new LinkedHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private volatile @Nullable Refusal refusal;
  private volatile boolean forgetsToAnswer;

  public void group(long groupId, Collection<Long> userIds) {
    Set<Long> all = ConcurrentHashMap.newKeySet();
    all.addAll(userIds);
    members.put(groupId, all);
  }

  public void leave(long groupId, long userId) {
    members.getOrDefault(groupId, new HashSet<>()).remove(userId);
  }

  public void dissolve(long groupId) {
    dissolved.put(groupId, true);
  }

  /// From now on appending is refused so; null takes it back.
  public void refuse(@Nullable Refusal refusal) {
    this.refusal = refusal;
  }

  /// From now on entries are appended and the answer is lost.
  public void loseAnswers(boolean lose) {
    forgetsToAnswer = lose;
  }

  /// How often somebody asked who is a member.
  public int reads() {
    return reads.get();
  }

  /// The entries of a group, in order.
  public synchronized List<NewEntry> entries(long groupId) {
    return contents.values().stream().filter(entry -> entry.groupId() == groupId).toList();
  }

  @Override
  public CompletionStage<Outcome<Writer>> writer(long groupId, long userId, long companionId) {
    Set<Long> all = members.get(groupId);
    if (all == null) {
      return refused(ErrorCode.NOT_FOUND);
    }
    if (!all.contains(userId)) {
      return refused(ErrorCode.NOT_A_MEMBER);
    }
    return dissolved.containsKey(groupId)
        ? refused(ErrorCode.GROUP_DISSOLVED)
        : done(new Writer(all.contains(companionId)));
  }

  @Override
  public CompletionStage<Outcome<Members>> membersAmong(long groupId, Collection<Long> userIds) {
    reads.incrementAndGet();
    Set<Long> all = members.get(groupId);
    return all == null
        ? refused(ErrorCode.NOT_FOUND)
        : done(
            new Members(
                dissolved.containsKey(groupId),
                userIds.stream().filter(all::contains).collect(Collectors.toSet())));
  }

  @Override
  public CompletionStage<Outcome<Members>> members(long groupId) {
    return membersAmong(groupId, members.getOrDefault(groupId, Set.of()));
  }

  @Override
  public synchronized CompletionStage<Outcome<Appended>> append(NewEntry entry) {
    Refusal refuse = refusal;
    String key = entry.groupId() + "/" + entry.authorId() + "/" + entry.key();
    if (refuse != null && !entries.containsKey(key)) {
      return CompletableFuture.completedFuture(Outcome.refused(refuse));
    }
    if (entry.kind() == Kind.ANNOUNCEMENT && dissolved.containsKey(entry.groupId())) {
      return refused(ErrorCode.GROUP_DISSOLVED);
    }
    Appended appended =
        entries.computeIfAbsent(
            key, _ -> new Appended(entry.messageId(), entries(entry.groupId()).size() + 1, 1));
    contents.putIfAbsent(key, entry);
    return forgetsToAnswer ? refused(ErrorCode.UNAVAILABLE) : done(appended);
  }

  private static <T> CompletionStage<Outcome<T>> done(T value) {
    return CompletableFuture.completedFuture(Outcome.done(value));
  }

  private static <T> CompletionStage<Outcome<T>> refused(ErrorCode code) {
    return CompletableFuture.completedFuture(Outcome.refused(code, code.wireName()));
  }
}

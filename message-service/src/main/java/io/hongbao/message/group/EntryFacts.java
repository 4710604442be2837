package io.hongbao.message.group;

import io.hongbao.message.log.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The part of [GroupFacts] about entries that are there: pins, reactions, and when members posted
/// last.
public final class EntryFacts {

  private final Set<Long> pinned = new HashSet<>();
  private final Map<Long, Map<String, ReactionCount>> counts = new HashMap<>();
  private final Set<Reaction> reactions = new HashSet<>();
  private final Map<Long, Long> lastPosts = new HashMap<>();

  private record Reaction(long userId, long seq, String emoji) {}

  public void addPin(long seq) {
    pinned.add(seq);
  }

  public void addCount(long seq, ReactionCount count) {
    counts.computeIfAbsent(seq, _ -> new HashMap<>()).put(count.emoji(), count);
  }

  public void addReaction(long userId, long seq, String emoji) {
    reactions.add(new Reaction(userId, seq, emoji));
  }

  /// @param at when the user's last message was sent, recalled or not; epoch milliseconds
  public void addLastPost(long userId, long at) {
    lastPosts.merge(userId, at, Math::max);
  }

  void append(Entry entry) {
    if (entry.countable()) {
      addLastPost(entry.senderId(), entry.sentAt());
    }
  }

  void apply(EntryChange change) {
    switch (change) {
      case EntryChange.Pinned pin -> pinned.add(pin.seq());
      case EntryChange.Unpinned unpinned -> pinned.remove(unpinned.seq());
      case EntryChange.Reacted reacted -> apply(reacted);
      case EntryChange.Edited _ -> {
        // the target has it
      }
    }
  }

  private void apply(EntryChange.Reacted reacted) {
    var reaction = new Reaction(reacted.userId(), reacted.seq(), reacted.emoji());
    if (reacted.added()) {
      reactions.add(reaction);
    } else {
      reactions.remove(reaction);
    }
    addCount(reacted.seq(), reacted.count());
    if (reacted.count().users() == 0) {
      counts.getOrDefault(reacted.seq(), new HashMap<>()).remove(reacted.emoji());
    }
  }

  boolean isPinned(long seq) {
    return pinned.contains(seq);
  }

  @Nullable ReactionCount count(long seq, String emoji) {
    return counts.getOrDefault(seq, Map.of()).get(emoji);
  }

  /// How many different emoji the entry has.
  int emojiOf(long seq) {
    return counts.getOrDefault(seq, Map.of()).size();
  }

  boolean hasReacted(long userId, long seq, String emoji) {
    return reactions.contains(new Reaction(userId, seq, emoji));
  }

  /// When the user posted last, or null where they never did.
  @Nullable Long lastPost(long userId) {
    return lastPosts.get(userId);
  }
}

package io.hongbao.message.group;

import io.hongbao.message.log.Mentions;

/// What is done to entries that are there, beside taking them back.
public sealed interface EntryChange extends Change {

  /// @param pinSeq the entry by which it was pinned
  record Pinned(long seq, long pinSeq, long byId, long at) implements EntryChange {}

  record Unpinned(long seq) implements EntryChange {}

  /// @param editSeq the entry by which it was edited
  /// @param content JSON that the entry has from then on
  /// @param mentionsBefore those that it had
  record Edited(
      long seq,
      long editSeq,
      String content,
      Mentions mentions,
      Mentions mentionsBefore,
      long editedAt)
      implements EntryChange {}

  /// @param count how many have this reaction to the entry from then on
  record Reacted(long userId, long seq, String emoji, boolean added, ReactionCount count)
      implements EntryChange {}
}

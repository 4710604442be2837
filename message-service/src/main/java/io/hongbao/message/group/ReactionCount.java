package io.hongbao.message.group;

/// How many put an emoji on an entry.
///
/// @param firstSeq the entry by which it first came, which orders an entry's reactions
public record ReactionCount(String emoji, long firstSeq, int users) {

  ReactionCount plus(int more) {
    return new ReactionCount(emoji, firstSeq, users + more);
  }
}

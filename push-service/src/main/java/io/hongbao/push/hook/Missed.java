package io.hongbao.push.hook;

/// What one user has missed in one group.
///
/// @param lastSeq the last entry of those meant
/// @param count how many of them are unread, at most [#COUNT_MAX], which means more than 99
record Missed(long userId, long groupId, long lastSeq, int count, boolean mentioned) {

  static final int COUNT_MAX = 100;

  /// The same user and group, earlier or later.
  Missed and(Missed other) {
    return new Missed(
        userId,
        groupId,
        Math.max(lastSeq, other.lastSeq),
        Math.min(COUNT_MAX, count + other.count),
        mentioned || other.mentioned);
  }
}

package io.hongbao.message.conversation;

import java.util.Comparator;

/// A member has read a group up to `seq`.
record ReadMark(Key key, long seq) {

  /// Whose mark in which group.
  record Key(long groupId, long userId) implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::groupId).thenComparingLong(Key::userId);

    static Key of(Head head) {
      return new Key(head.groupId(), head.userId());
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /// What became of a mark: the reply to `message.read`.
  record Written(long readSeq, int unread) {}

  /// The data of the event `read`.
  record Moved(long groupId, long readSeq, int unread) {}
}

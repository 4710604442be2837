package io.hongbao.message.conversation;

import java.util.Comparator;

/// A user in a group, in the order of the primary keys that begin so.
record MemberKey(long groupId, long userId) implements Comparable<MemberKey> {

  private static final Comparator<MemberKey> ORDER =
      Comparator.comparingLong(MemberKey::groupId).thenComparingLong(MemberKey::userId);

  static MemberKey of(Head head) {
    return new MemberKey(head.groupId(), head.userId());
  }

  @Override
  public int compareTo(MemberKey other) {
    return ORDER.compare(this, other);
  }
}

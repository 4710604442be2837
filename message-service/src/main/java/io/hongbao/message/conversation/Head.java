package io.hongbao.message.conversation;

import io.hongbao.message.group.Role;
import io.hongbao.message.group.Rules.HistoryPolicy;
import org.jspecify.annotations.Nullable;

/// One user's view of one group's log from outside, as committed: what unread and the order of
/// conversations are derived from.
///
/// @param role null where the user is no member
/// @param joinSeq the join point, 0 where the user is no member
/// @param readSeq the read mark alone, without the user's own entries
/// @param counted countable entries up to `lastSeq`
/// @param lastCountedSeq the last of those, 0 where there is none
/// @param lastMessageSeq the same, or the recall of it
/// @param lastActivityAt epoch milliseconds
record Head(
    long groupId,
    long userId,
    @Nullable Role role,
    long joinSeq,
    long readSeq,
    boolean pinned,
    boolean doNotDisturb,
    long lastSeq,
    long counted,
    long lastCountedSeq,
    long lastMessageSeq,
    long lastActivityAt,
    HistoryPolicy historyPolicy,
    boolean dissolved) {

  boolean isMember() {
    return role != null;
  }

  /// Whether the read mark alone says that nothing is unread, so that nothing more need be read.
  boolean isReadWholly() {
    return readSeq >= lastCountedSeq;
  }

  /// The same once everything up to `seq` is read.
  Head readUpTo(long seq) {
    return new Head(
        groupId,
        userId,
        role,
        joinSeq,
        Math.max(readSeq, seq),
        pinned,
        doNotDisturb,
        lastSeq,
        counted,
        lastCountedSeq,
        lastMessageSeq,
        lastActivityAt,
        historyPolicy,
        dissolved);
  }

  /// The entry that stands for the conversation, 0 where there is none that the user may see.
  long visibleMessageSeq() {
    return lastMessageSeq >= historyPolicy.firstVisibleSeq(joinSeq) ? lastMessageSeq : 0;
  }
}

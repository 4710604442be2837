package io.hongbao.message.conversation;

/// A member has read a group up to `seq`.
record ReadMark(MemberKey key, long seq) {

  /// What became of a mark: the reply to `message.read`.
  record Written(long readSeq, int unread) {}

  /// The data of the event `read`.
  record Moved(long groupId, long readSeq, int unread) {}
}

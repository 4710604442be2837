package io.hongbao.message.conversation;

import io.hongbao.message.group.Group;
import io.hongbao.message.group.Role;
import io.hongbao.message.log.Message;
import org.jspecify.annotations.Nullable;

/// The `Conversation` of the protocol: a group as one of its members sees it.
///
/// @param lastMessage the last entry that counts as unread, or the recall of it
record Conversation(
    Group group,
    Role role,
    long lastSeq,
    long readSeq,
    int unread,
    String unreadText,
    boolean mentioned,
    boolean pinned,
    boolean doNotDisturb,
    @Nullable Message lastMessage) {

  /// The data of the event `conversation`, and of the reply to `conversation.update`.
  record Shown(Conversation conversation) {}

  /// The data of the event `conversation` to who lost the group.
  record Gone(long groupId, boolean removed) {

    static Gone of(long groupId) {
      return new Gone(groupId, true);
    }
  }
}

package io.hongbao.message.conversation;

import io.hongbao.common.wire.Cursor;
import io.hongbao.common.wire.Fields;
import org.jspecify.annotations.Nullable;

/// What a user asks about groups as conversations of their own.
public sealed interface ConversationRequest {

  /// A page of the caller's conversations, pinned ones first, then by newest activity. A page may
  /// be shorter than `limit` ([io.hongbao.message.PageBytes]).
  ///
  /// @param cursor pinned or not, last activity and group of the last conversation shown
  record ListConversations(@Nullable Cursor cursor, int limit) implements ConversationRequest {}

  /// Pins a conversation or mutes its notices, or not; what is absent stays. Refusals: `not_found`,
  /// `not_a_member`, `group_dissolved` (unless all is so already).
  record UpdateConversation(long groupId, @Nullable Boolean pinned, @Nullable Boolean doNotDisturb)
      implements ConversationRequest {}

  /// Everything up to `seq` is read; beyond the last entry is the last. Refusals: `not_found`,
  /// `not_a_member`, `group_dissolved` (unless it was read already).
  record MarkRead(long groupId, long seq) implements ConversationRequest {}

  /// Who has read up to an entry, or who has not. Refusals: `not_found` (the group, or an entry
  /// that is not there or not visible to the caller), `not_a_member`.
  ///
  /// @param cursor the user id of the last one shown
  record FindReaders(long groupId, long seq, boolean read, @Nullable Cursor cursor, int limit)
      implements ConversationRequest {}

  /// The caller is writing. Refusals: `not_found`, `not_a_member`, `group_dissolved`, `muted`.
  record Typing(long groupId) implements ConversationRequest {}

  /// The request, or null where `op` is none of these.
  static @Nullable ConversationRequest parse(String op, Fields fields) {
    return switch (op) {
      case "conversation.list" -> new ListConversations(Cursor.of(fields, 3), fields.limit());
      case "conversation.update" ->
          new UpdateConversation(
              fields.id("groupId"),
              fields.optionalBool("pinned"),
              fields.optionalBool("doNotDisturb"));
      case "message.read" ->
          new MarkRead(fields.id("groupId"), fields.integer("seq", 0, Long.MAX_VALUE));
      case "message.readers" ->
          new FindReaders(
              fields.id("groupId"),
              fields.integer("seq", 0, Long.MAX_VALUE),
              fields.bool("read"),
              Cursor.of(fields, 1),
              fields.limit());
      case "typing" -> new Typing(fields.id("groupId"));
      default -> null;
    };
  }
}

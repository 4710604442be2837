package io.hongbao.message.log;

import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

/// One entry of a group's log: the `Message` of the protocol, and a row of `message` as it is read.
///
/// @param content JSON, kept as it is sent out; `{}` once recalled
/// @param clientMessageId with what clients send
/// @param mentions a JSON list of user ids or `"all"`, kept as it is sent out
/// @param reactions a JSON list, filled in where an answer shows them
public record Message(
    long messageId,
    long groupId,
    long seq,
    long senderId,
    EntryType type,
    @JsonRawValue String content,
    long sentAt,
    @Nullable String clientMessageId,
    @Nullable Long replyToSeq,
    @JsonRawValue @Nullable String mentions,
    @Nullable Long recalledAt,
    @Nullable Long editedAt,
    @JsonRawValue @Nullable String reactions) {

  public Message {
    clientMessageId = type.isSentByClients() ? clientMessageId : null;
  }

  /// @param list JSON
  public Message withReactions(String list) {
    return new Message(
        messageId,
        groupId,
        seq,
        senderId,
        type,
        content,
        sentAt,
        clientMessageId,
        replyToSeq,
        mentions,
        recalledAt,
        editedAt,
        list);
  }
}

package io.hongbao.message.log;

import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.Json;
import org.jspecify.annotations.Nullable;

/// What a client adds to a group's log. Each record names its refusals, first that applies; all of
/// them may also be refused `invalid_argument` for a malformed field and `unavailable`.
public sealed interface LogRequest {

  int TEXT_CHARACTERS_MAX = 5_000;
  int CLIENT_KEY_CHARACTERS_MAX = 64;

  /// Sends a message. Refusals: `conflict`, `not_found`, `not_a_member`, `group_dissolved`,
  /// `muted`, `invalid_argument` (`replyToSeq`, then `mentions`, that point to nothing),
  /// `forbidden` (mentions `all` as a member), `rate_limited` (slow mode). A repeat of a client's
  /// key gets the first answer, whatever else has changed.
  ///
  /// @param content JSON as it is stored and sent out
  record Send(
      long groupId,
      String clientMessageId,
      EntryType type,
      String content,
      @Nullable Long replyToSeq,
      Mentions mentions)
      implements LogRequest {

    long digest() {
      return Digest.of(
          type.name(),
          content,
          replyToSeq == null ? "" : replyToSeq.toString(),
          String.valueOf(mentions.json()));
    }
  }

  /// Takes back an entry: its sender within the recall window, an owner or admin at any time.
  /// Refusals: `not_found` (the group), `not_a_member`, `group_dissolved`, `not_found` (the entry),
  /// `invalid_argument` (an entry that is no message, or a red packet), `forbidden`,
  /// `recall_too_late`. Repeating a recall answers as the first time.
  record Recall(long groupId, long seq) implements LogRequest {}

  /// The request that `op` is, or null where it is none of these.
  static @Nullable LogRequest parse(String op, Fields fields) {
    return switch (op) {
      case "message.send" -> send(fields);
      case "message.recall" ->
          new Recall(fields.id("groupId"), fields.integer("seq", 1, Long.MAX_VALUE));
      default -> null;
    };
  }

  private static Send send(Fields fields) {
    long groupId = fields.id("groupId");
    String clientMessageId = fields.text("clientMessageId", 1, CLIENT_KEY_CHARACTERS_MAX);
    EntryType type = fields.word("type", word -> "text".equals(word) ? EntryType.TEXT : null);
    var content = new TextContent(fields.object("content").text("text", 1, TEXT_CHARACTERS_MAX));
    return new Send(
        groupId,
        clientMessageId,
        type,
        content.json(),
        fields.optionalInteger("replyToSeq", 1, Long.MAX_VALUE),
        Mentions.of(fields));
  }

  /// The content of a `text` entry.
  record TextContent(String text) {
    public String json() {
      return Json.text(this);
    }
  }
}

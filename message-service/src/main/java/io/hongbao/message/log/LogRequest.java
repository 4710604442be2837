package io.hongbao.message.log;

import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client adds to a group's log. Each record names its refusals, first that applies; all of
/// them may also be refused `invalid_argument` for a malformed field and `unavailable`.
public sealed interface LogRequest {

  int TEXT_CHARACTERS_MAX = 5_000;
  int CLIENT_KEY_CHARACTERS_MAX = 64;
  int NAME_CHARACTERS_MAX = 255;

  /// What needs nothing looked up before its group's lane decides it.
  sealed interface AtOnce extends LogRequest {}

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
      implements AtOnce {

    long digest() {
      return Digest.of(
          type.name(),
          content,
          replyToSeq == null ? "" : replyToSeq.toString(),
          String.valueOf(mentions.json()));
    }
  }

  /// Sends media that its sender has uploaded. Refusals: `not_found` (a medium of that kind that
  /// the sender has completed), then those of [Send]; of a file, `invalid_argument`
  /// (`content.name`) before them, where neither this nor its upload names it.
  ///
  /// @param name what a file is called, where the upload did not say or said otherwise
  /// @param coverMediaId a picture that stands for a video
  record SendMedia(
      long groupId,
      String clientMessageId,
      EntryType type,
      long mediaId,
      @Nullable String name,
      @Nullable Long coverMediaId,
      @Nullable Long replyToSeq,
      Mentions mentions)
      implements LogRequest {

    /// Of what the client sent, not of what the server filled in.
    long digest() {
      return Digest.of(
          type.name(),
          Long.toString(mediaId),
          String.valueOf(name),
          String.valueOf(coverMediaId),
          replyToSeq == null ? "" : replyToSeq.toString(),
          String.valueOf(mentions.json()));
    }

    List<Long> mediaIds() {
      return coverMediaId == null ? List.of(mediaId) : List.of(mediaId, coverMediaId);
    }
  }

  /// Takes back an entry: its sender within the recall window, an owner or admin at any time.
  /// Refusals: `not_found` (the group), `not_a_member`, `group_dissolved`, `not_found` (the entry),
  /// `invalid_argument` (an entry that is no message, or a red packet), `forbidden`,
  /// `recall_too_late`. Repeating a recall answers as the first time.
  record Recall(long groupId, long seq) implements AtOnce {}

  /// The request that `op` is, or null where it is none of these.
  static @Nullable LogRequest parse(String op, Fields fields) {
    return switch (op) {
      case "message.send" -> send(fields);
      case "message.recall" ->
          new Recall(fields.id("groupId"), fields.integer("seq", 1, Long.MAX_VALUE));
      default -> null;
    };
  }

  private static LogRequest send(Fields fields) {
    long groupId = fields.id("groupId");
    String clientMessageId = fields.text("clientMessageId", 1, CLIENT_KEY_CHARACTERS_MAX);
    EntryType type = fields.word("type", EntryType::sentByClients);
    Fields content = fields.object("content");
    if (type == EntryType.TEXT) {
      var text = new TextContent(content.text("text", 1, TEXT_CHARACTERS_MAX));
      return new Send(
          groupId,
          clientMessageId,
          type,
          text.json(),
          fields.optionalInteger("replyToSeq", 1, Long.MAX_VALUE),
          Mentions.of(fields));
    }
    return new SendMedia(
        groupId,
        clientMessageId,
        type,
        content.id("mediaId"),
        type == EntryType.FILE ? content.optionalText("name", 1, NAME_CHARACTERS_MAX) : null,
        type == EntryType.VIDEO ? content.optionalId("coverMediaId") : null,
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

package io.hongbao.message.group;

import io.hongbao.common.wire.Fields;
import io.hongbao.message.log.LogRequest;
import io.hongbao.message.log.Mentions;
import org.jspecify.annotations.Nullable;

/// What a client does to entries that are there, beside taking them back. Each record names its
/// refusals, first that applies; all of them may also be refused `invalid_argument` for a malformed
/// field and `unavailable`. Where the wished state holds already they are answered as the first
/// time, before any refusal but `not_found` (the group): an edit to its sender, a reaction to who
/// put it, all else to who may bring the state about.
public sealed interface EntryRequest {

  long groupId();

  /// Refusals: `not_found` (the group), `not_a_member`, `group_dissolved`, `forbidden`, `not_found`
  /// (the entry), `invalid_argument` (an entry that is no message, or was taken back),
  /// `limit_reached`.
  record Pin(long groupId, long seq) implements EntryRequest {}

  /// Refusals: those of [Pin] but for `limit_reached`.
  record Unpin(long groupId, long seq) implements EntryRequest {}

  /// Replaces the text of one's own message. Refusals: `not_found` (the group), `not_a_member`,
  /// `group_dissolved`, `muted`, `not_found` (the entry), `invalid_argument` (no text, or taken
  /// back), `forbidden` (another's), `edit_too_late`, `invalid_argument` (`mentions` of somebody
  /// who is no member), `forbidden` (mentions `all` as a member), `limit_reached`.
  ///
  /// @param mentions null leaves them as they are
  record Edit(long groupId, long seq, String text, @Nullable Mentions mentions)
      implements EntryRequest {}

  /// Puts an emoji on a message, or takes it back. Refusals: `not_found` (the group),
  /// `not_a_member`, `group_dissolved`, `muted` (oneself, when putting one), `not_found` (the
  /// entry), `invalid_argument` (an entry that is no message, or was taken back), `limit_reached`.
  record React(long groupId, long seq, String emoji, boolean added) implements EntryRequest {}

  /// The request that `op` is, or null where it is none of these.
  static @Nullable EntryRequest parse(String op, Fields fields) {
    return switch (op) {
      case "message.pin" -> new Pin(fields.id("groupId"), seq(fields));
      case "message.unpin" -> new Unpin(fields.id("groupId"), seq(fields));
      case "message.edit" ->
          new Edit(
              fields.id("groupId"),
              seq(fields),
              fields.object("content").text("text", 1, LogRequest.TEXT_CHARACTERS_MAX),
              fields.has("mentions") ? Mentions.of(fields) : null);
      case "message.react" ->
          new React(
              fields.id("groupId"),
              seq(fields),
              emoji(fields),
              !(fields.has("remove") && fields.bool("remove")));
      default -> null;
    };
  }

  private static long seq(Fields fields) {
    return fields.integer("seq", 1, Long.MAX_VALUE);
  }

  private static String emoji(Fields fields) {
    String emoji = fields.text("emoji", 1, Emoji.CHARACTERS_MAX);
    if (!Emoji.isOne(emoji)) {
      throw fields.invalid("emoji", "must be one emoji");
    }
    return emoji;
  }
}

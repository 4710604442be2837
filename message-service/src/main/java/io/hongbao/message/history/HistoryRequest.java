package io.hongbao.message.history;

import io.hongbao.common.wire.Cursor;
import io.hongbao.common.wire.Fields;
import org.jspecify.annotations.Nullable;

/// What is asked of the log as it is: `message.history`, `message.search` and `message.pinned`.
public sealed interface HistoryRequest {

  /// A page of a group's log, ascending: from `afterSeq` on, up to `beforeSeq`, or the newest. A
  /// page may be shorter than `limit` ([io.hongbao.message.PageBytes]): whoever reads on goes on
  /// until `lastSeq`.
  ///
  /// Refusals: `invalid_argument` (both bounds at once), `not_found`, `not_a_member`.
  record ReadHistory(long groupId, @Nullable Long afterSeq, @Nullable Long beforeSeq, int limit)
      implements HistoryRequest {}

  /// Texts that contain `query`, ignoring case, newest first: of one group, or of all that the
  /// caller is in. A page may be shorter than `limit`, even empty, while there is a `nextCursor`.
  ///
  /// Refusals: `not_found`, `not_a_member`, `unavailable` (too many searches at once).
  ///
  /// @param cursor time, group and `seq` of the last message shown
  record SearchMessages(@Nullable Long groupId, String query, @Nullable Cursor cursor, int limit)
      implements HistoryRequest {}

  /// The messages that owner and admins hold up, what was pinned last first.
  ///
  /// Refusals: `not_found`, `not_a_member`.
  ///
  /// @param cursor the entry by which the last one shown was pinned
  record ReadPinned(long groupId, @Nullable Cursor cursor, int limit) implements HistoryRequest {}

  /// Characters of a search.
  int QUERY_CHARACTERS_MAX = 64;

  /// The request, or null where `op` is none of these.
  static @Nullable HistoryRequest parse(String op, Fields fields) {
    return switch (op) {
      case "message.history" -> readHistory(fields);
      case "message.search" ->
          new SearchMessages(
              fields.optionalId("groupId"),
              fields.text("query", 1, QUERY_CHARACTERS_MAX),
              Cursor.of(fields, 3),
              fields.limit());
      case "message.pinned" ->
          new ReadPinned(fields.id("groupId"), Cursor.of(fields, 1), fields.limit());
      default -> null;
    };
  }

  private static ReadHistory readHistory(Fields fields) {
    var request =
        new ReadHistory(
            fields.id("groupId"),
            fields.optionalInteger("afterSeq", 0, Long.MAX_VALUE),
            fields.optionalInteger("beforeSeq", 0, Long.MAX_VALUE),
            fields.limit());
    if (request.afterSeq() != null && request.beforeSeq() != null) {
      throw fields.invalid("beforeSeq", "does not go with afterSeq");
    }
    return request;
  }
}

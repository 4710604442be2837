package io.hongbao.message.log;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appends entries to `message`, many rows in one statement.
///
/// Written against JDBC: of what a message costs the server, a mapper's look at each property of
/// each row, and the driver's second binding of a batch that it rewrites, were a third.
final class EntryInsert {

  /// Rows of one statement at most; its text has to stay within what the driver keeps prepared.
  static final int ROWS_MAX = 256;

  /// Up to so many rows each number of rows is a statement of its own, beyond that each multiple: a
  /// connection keeps few of them prepared, and a batch is written by two at most.
  private static final int ROWS_STEP = 32;

  private static final String INTO =
      "INSERT INTO message (group_id, seq, message_id, sender_id, type, countable, counted, content,"
          + " mentions, reply_to_seq, client_message_id, client_digest, sent_at) VALUES ";

  private static final String ROW = "(?,?,?,?,?,?,?,?,?,?,?,?,?)";

  private EntryInsert() {}

  static void append(Connection connection, List<Entry> entries) throws SQLException {
    for (int from = 0; from < entries.size(); ) {
      int to = from + rows(entries.size() - from);
      insert(connection, entries.subList(from, to));
      from = to;
    }
  }

  /// How many rows the next statement takes where so many are left.
  static int rows(int left) {
    return left <= ROWS_STEP ? left : Math.min(left - left % ROWS_STEP, ROWS_MAX);
  }

  private static void insert(Connection connection, List<Entry> entries) throws SQLException {
    String rows = String.join(",", Collections.nCopies(entries.size(), ROW));
    try (PreparedStatement statement = connection.prepareStatement(INTO + rows)) {
      int at = 0;
      for (Entry entry : entries) {
        at = bind(statement, at, entry);
      }
      statement.executeUpdate();
    }
  }

  private static int bind(PreparedStatement row, int before, Entry entry) throws SQLException {
    int at = before;
    row.setLong(++at, entry.groupId());
    row.setLong(++at, entry.seq());
    row.setLong(++at, entry.messageId());
    row.setLong(++at, entry.senderId());
    row.setString(++at, entry.type().name());
    row.setInt(++at, entry.countable() ? 1 : 0);
    row.setLong(++at, entry.counted());
    row.setString(++at, entry.content());
    row.setString(++at, entry.mentions());
    setLong(row, ++at, entry.replyToSeq());
    row.setBytes(++at, keyBytes(entry.clientMessageId()));
    setLong(row, ++at, entry.clientDigest());
    row.setLong(++at, entry.sentAt());
    return at;
  }

  private static void setLong(PreparedStatement row, int at, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      row.setNull(at, Types.BIGINT);
    } else {
      row.setLong(at, value);
    }
  }

  /// A client key as it is stored: bytes, so that no collation finds two keys equal.
  private static byte @Nullable [] keyBytes(@Nullable String key) {
    return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
  }
}

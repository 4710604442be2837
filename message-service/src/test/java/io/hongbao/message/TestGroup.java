package io.hongbao.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hongbao.common.sql.Database;
import io.hongbao.common.wire.Json;
import io.hongbao.message.group.Role;
import io.hongbao.message.group.Rules.Allowed;
import io.hongbao.message.group.Rules.HistoryPolicy;
import io.hongbao.message.log.EntryType;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// A group whose rows are written straight into the tables, as the lanes leave them behind: what
/// the read side is tested on.
public final class TestGroup {

  /// The user id that stands for "all" in `mention`.
  public static final long EVERYBODY = 0;

  private static final AtomicLong IDS = new AtomicLong(1_000);
  private static final AtomicLong CLOCK = new AtomicLong(1_700_000_000_000L);

  public final long id = newId();
  private final Database database;
  private long lastSeq;
  private long counted;
  private long lastCountedSeq;
  private long lastMessageSeq;

  public TestGroup(Database database, long ownerId) {
    this.database = database;
    update(
        "INSERT INTO chat_group (group_id, name, announcement, owner_id, member_count, max_members,"
            + " join_policy, invite_policy, post_policy, history_policy, version, last_seq,"
            + " counted, last_counted_seq, last_message_seq, last_activity_at, created_at)"
            + " VALUES (?, ?, '', ?, 1, 500, 'INVITE_ONLY', 'EVERYONE', 'EVERYONE', 'ALL', 1, 0,"
            + " 0, 0, 0, 0, ?)",
        id,
        "group " + id,
        ownerId,
        CLOCK.get());
    append(ownerId, EntryType.SYSTEM, "{\"kind\":\"group_created\"}", null);
    addMember(ownerId, Role.OWNER);
  }

  /// An id that no user and no group has yet; ids rise.
  public static long newId() {
    return IDS.incrementAndGet();
  }

  public long lastSeq() {
    return lastSeq;
  }

  /// Appends a text.
  ///
  /// @param mentioned user ids, or [#EVERYBODY]
  public long text(long senderId, String text, long... mentioned) {
    String json = mentioned.length == 0 ? null : mentionsJson(mentioned);
    long seq = append(senderId, EntryType.TEXT, textJson(text), json);
    for (long userId : mentioned) {
      update("INSERT INTO mention VALUES (?, ?, ?)", id, userId, seq);
    }
    return seq;
  }

  /// Appends many texts in one statement.
  public void texts(long senderId, int count) {
    var rows = new StringBuilder();
    long sentAt = CLOCK.incrementAndGet();
    for (int i = 0; i < count; i++) {
      lastSeq++;
      counted++;
      rows.append(rows.isEmpty() ? "" : ",")
          .append(
              "(%d,%d,%d,%d,'TEXT',1,%d,'{\"text\":\"t\"}',NULL,NULL,NULL,NULL,%d,NULL,NULL)"
                  .formatted(id, lastSeq, newId(), senderId, counted, sentAt));
    }
    lastCountedSeq = lastSeq;
    lastMessageSeq = lastSeq;
    update("INSERT INTO message VALUES " + rows);
    updateHead();
  }

  public long join(long userId) {
    long seq = append(userId, EntryType.SYSTEM, "{\"kind\":\"members_joined\"}", null);
    addMember(userId, Role.MEMBER);
    return seq;
  }

  /// Many users who join by one entry.
  public List<Long> joinMany(int count) {
    var userIds = LongStream.range(0, count).mapToObj(_ -> newId()).toList();
    var _ = append(userIds.getFirst(), EntryType.SYSTEM, "{\"kind\":\"members_joined\"}", null);
    update(
        "INSERT INTO group_member VALUES "
            + userIds.stream()
                .map(user -> "(%d,%d,'MEMBER',%d,0,0,NULL)".formatted(id, user, lastSeq))
                .collect(Collectors.joining(",")));
    return userIds;
  }

  public long leave(long userId) {
    long seq = append(userId, EntryType.SYSTEM, "{\"kind\":\"member_left\"}", null);
    update("DELETE FROM group_member WHERE group_id = ? AND user_id = ?", id, userId);
    return seq;
  }

  /// Takes back a text, which must not have been taken back.
  public long recall(long actorId, long seq) {
    update(
        "UPDATE message SET content = '{}', recalled_at = ? WHERE group_id = ? AND seq = ?",
        CLOCK.get(),
        id,
        seq);
    if (seq == lastMessageSeq) {
      lastMessageSeq = lastSeq + 1;
    }
    long recallSeq = append(actorId, EntryType.RECALL, "{\"seq\":" + seq + "}", null);
    update("INSERT INTO recalled VALUES (?, ?, ?)", id, seq, recallSeq);
    return recallSeq;
  }

  public void dissolve(long ownerId) {
    append(ownerId, EntryType.SYSTEM, "{\"kind\":\"group_dissolved\"}", null);
    update("UPDATE chat_group SET dissolved_at = ? WHERE group_id = ?", CLOCK.get(), id);
  }

  public void historyPolicy(HistoryPolicy policy) {
    update("UPDATE chat_group SET history_policy = ? WHERE group_id = ?", policy.name(), id);
  }

  public void postPolicy(Allowed policy) {
    update("UPDATE chat_group SET post_policy = ? WHERE group_id = ?", policy.name(), id);
  }

  public void role(long userId, Role role) {
    update(
        "UPDATE group_member SET role = ? WHERE group_id = ? AND user_id = ?",
        role.name(),
        id,
        userId);
  }

  public void mute(long userId, long untilAt) {
    update(
        "UPDATE group_member SET muted_until = ? WHERE group_id = ? AND user_id = ?",
        untilAt,
        id,
        userId);
  }

  /// Writes a read mark past the service.
  public void readMark(long userId, long seq) {
    update(
        "INSERT INTO message_state (group_id, user_id, read_seq) VALUES (?, ?, ?)"
            + " ON DUPLICATE KEY UPDATE read_seq = ?",
        id,
        userId,
        seq,
        seq);
  }

  public void sql(String statement, Object... parameters) {
    update(statement, parameters);
  }

  /// An entry of a type, with nothing in it.
  public long entry(long senderId, EntryType type) {
    return append(senderId, type, "{}", null);
  }

  private long append(long senderId, EntryType type, String content, @Nullable String mentions) {
    lastSeq++;
    long sentAt = CLOCK.incrementAndGet();
    if (type.countable()) {
      counted++;
      lastCountedSeq = lastSeq;
      lastMessageSeq = lastSeq;
    }
    update(
        "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, NULL, ?, NULL, NULL)",
        id,
        lastSeq,
        newId(),
        senderId,
        type.name(),
        type.countable() ? 1 : 0,
        counted,
        content,
        mentions,
        type.countable() ? ("key-" + lastSeq).getBytes(StandardCharsets.UTF_8) : null,
        sentAt);
    updateHead();
    return lastSeq;
  }

  private void updateHead() {
    update(
        "UPDATE chat_group SET version = version + 1, last_seq = ?, counted = ?,"
            + " last_counted_seq = ?, last_message_seq = ?, last_activity_at = ?"
            + " WHERE group_id = ?",
        lastSeq,
        counted,
        lastCountedSeq,
        lastMessageSeq,
        CLOCK.get(),
        id);
  }

  private void addMember(long userId, Role role) {
    update(
        "INSERT INTO group_member VALUES (?, ?, ?, ?, ?, 0, NULL)",
        id,
        userId,
        role.name(),
        lastSeq,
        CLOCK.get());
  }

  private static String textJson(String text) {
    try {
      return Json.mapper().writeValueAsString(Map.of("text", text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String mentionsJson(long[] userIds) {
    var json = new StringBuilder("[");
    for (long userId : userIds) {
      json.append(json.length() > 1 ? "," : "")
          .append(userId == EVERYBODY ? "\"all\"" : "\"" + userId + "\"");
    }
    return json.append(']').toString();
  }

  private void update(String statement, @Nullable Object... parameters) {
    try (Connection connection = database.pool().getConnection();
        var sql = connection.prepareStatement(statement)) {
      for (int i = 0; i < parameters.length; i++) {
        sql.setObject(i + 1, parameters[i]);
      }
      sql.execute();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }
}

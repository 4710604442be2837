package io.hongbao.message.log;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The log's write side but for appending, which is [EntryInsert]'s: taking back, and what deciding
/// asks for. Written under the group's row lock only.
public interface LogMapper {

  @Insert(
      """
      INSERT INTO message_media (media_id, group_id, seq)
      VALUES (#{mediaId}, #{groupId}, #{seq})
      """)
  void mediaSent(
      @Param("groupId") long groupId, @Param("mediaId") long mediaId, @Param("seq") long seq);

  @Insert(
      """
      INSERT INTO mention (group_id, user_id, seq) VALUES (#{groupId}, #{userId}, #{seq})
      """)
  void mention(
      @Param("groupId") long groupId, @Param("userId") long userId, @Param("seq") long seq);

  @Delete(
      """
      DELETE FROM mention WHERE group_id = #{groupId} AND user_id = #{userId} AND seq = #{seq}
      """)
  void unmention(
      @Param("groupId") long groupId, @Param("userId") long userId, @Param("seq") long seq);

  @Update(
      """
      UPDATE message SET content = '{}', mentions = NULL, recalled_at = #{recalledAt}
      WHERE group_id = #{groupId} AND seq = #{seq}
      """)
  void empty(
      @Param("groupId") long groupId, @Param("seq") long seq, @Param("recalledAt") long recalledAt);

  @Insert(
      """
      INSERT INTO recalled (group_id, seq, recall_seq) VALUES (#{groupId}, #{seq}, #{recallSeq})
      """)
  void recalled(
      @Param("groupId") long groupId, @Param("seq") long seq, @Param("recallSeq") long recallSeq);

  @Select(
      """
      SELECT m.seq, m.sender_id, m.type, m.sent_at, m.content, m.mentions,
        (SELECT MAX(e.edit_seq) FROM edited AS e
          WHERE e.group_id = m.group_id AND e.seq = m.seq) AS edit_seq,
        (SELECT COUNT(*) FROM edited AS e
          WHERE e.group_id = m.group_id AND e.seq = m.seq) AS edits,
        m.edited_at, r.recall_seq, b.sender_id AS recalled_by
      FROM message AS m
      LEFT JOIN recalled AS r ON r.group_id = m.group_id AND r.seq = m.seq
      LEFT JOIN message AS b ON b.group_id = r.group_id AND b.seq = r.recall_seq
      WHERE m.group_id = #{groupId} AND m.seq = #{seq}
      """)
  Target.@Nullable TargetRow target(@Param("groupId") long groupId, @Param("seq") long seq);

  /// What became of clients' keys.
  ///
  /// @param keys a JSON list of `{"g": group, "s": sender, "k": key in hexadecimal}`
  @Select(
      """
      SELECT m.group_id, m.sender_id, CONVERT(m.client_message_id USING utf8mb4)
          AS client_message_id, m.message_id, m.seq, m.sent_at, m.client_digest
      FROM JSON_TABLE(#{keys}, '$[*]' COLUMNS (
        g BIGINT PATH '$.g', s BIGINT PATH '$.s', k VARCHAR(512) PATH '$.k')) AS asked
      STRAIGHT_JOIN message AS m ON m.group_id = asked.g AND m.sender_id = asked.s
        AND m.client_message_id = UNHEX(asked.k)
      """)
  List<EarlierRow> earlier(@Param("keys") String keys);

  /// The groups with entries since that minute, counted from the epoch; the most recent ones first.
  @Select(
      """
      SELECT group_id, last_seq
      FROM chat_group
      WHERE active_minute >= #{minute}
      ORDER BY active_minute DESC
      LIMIT #{limit}
      """)
  List<Head> activeSince(@Param("minute") long minute, @Param("limit") int limit);

  /// A group after whatever has written it last, and locked. Fails at once where that is not over:
  /// a transaction may still be carried out whose connection is broken.
  @Select(
      """
      SELECT last_seq, dissolved_at IS NOT NULL AS dissolved
      FROM chat_group
      WHERE group_id = #{groupId}
      FOR UPDATE NOWAIT
      """)
  @Nullable SettledGroup settled(@Param("groupId") long groupId);

  record Head(long groupId, long lastSeq) {}

  record SettledGroup(long lastSeq, boolean dissolved) {}

  record EarlierRow(
      long groupId,
      long senderId,
      String clientMessageId,
      long messageId,
      long seq,
      long sentAt,
      long clientDigest) {

    MessageKey key() {
      return new MessageKey(groupId, senderId, clientMessageId);
    }

    Earlier earlier() {
      return new Earlier(messageId, seq, sentAt, clientDigest);
    }
  }
}

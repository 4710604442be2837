package io.hongbao.message.log;

import io.hongbao.message.group.EntryChange;
import io.hongbao.message.group.ReactionCount;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// What is done to entries that are there: pins, edits, reactions. Written under the group's row
/// lock only.
public interface EntryMapper {

  @Insert(
      """
      INSERT INTO pin (group_id, seq, pin_seq, pinned_by, pinned_at)
      VALUES (#{groupId}, #{pin.seq}, #{pin.pinSeq}, #{pin.byId}, #{pin.at})
      """)
  void pin(@Param("groupId") long groupId, @Param("pin") EntryChange.Pinned pin);

  @Delete("DELETE FROM pin WHERE group_id = #{groupId} AND seq = #{seq}")
  void unpin(@Param("groupId") long groupId, @Param("seq") long seq);

  @Select("SELECT COUNT(*) FROM pin WHERE group_id = #{groupId} AND seq = #{seq}")
  boolean isPinned(@Param("groupId") long groupId, @Param("seq") long seq);

  @Update(
      """
      UPDATE message
      SET content = #{edit.content}, mentions = #{mentions}, edited_at = #{edit.editedAt}
      WHERE group_id = #{groupId} AND seq = #{edit.seq}
      """)
  void edit(
      @Param("groupId") long groupId,
      @Param("edit") EntryChange.Edited edit,
      @Param("mentions") @Nullable String mentions);

  @Insert(
      """
      INSERT INTO edited (group_id, seq, edit_seq)
      VALUES (#{groupId}, #{edit.seq}, #{edit.editSeq})
      """)
  void edited(@Param("groupId") long groupId, @Param("edit") EntryChange.Edited edit);

  /// Takes the texts out of the entries by which an entry was edited.
  @Update(
      """
      UPDATE edited AS e
      STRAIGHT_JOIN message AS m ON m.group_id = e.group_id AND m.seq = e.edit_seq
      SET m.content = CONCAT('{"seq":', e.seq, '}'), m.mentions = NULL
      WHERE e.group_id = #{groupId} AND e.seq = #{seq}
      """)
  void emptyEdits(@Param("groupId") long groupId, @Param("seq") long seq);

  @Insert(
      """
      INSERT INTO reaction (group_id, user_id, seq, emoji)
      VALUES (#{groupId}, #{reaction.userId}, #{reaction.seq}, #{reaction.emoji})
      """)
  void react(@Param("groupId") long groupId, @Param("reaction") EntryChange.Reacted reaction);

  @Delete(
      """
      DELETE FROM reaction
      WHERE group_id = #{groupId} AND user_id = #{reaction.userId} AND seq = #{reaction.seq}
        AND emoji = #{reaction.emoji}
      """)
  void unreact(@Param("groupId") long groupId, @Param("reaction") EntryChange.Reacted reaction);

  @Insert(
      """
      INSERT INTO reaction_count (group_id, seq, emoji, first_seq, users)
      VALUES (#{groupId}, #{seq}, #{count.emoji}, #{count.firstSeq}, #{count.users})
      ON DUPLICATE KEY UPDATE first_seq = VALUES(first_seq), users = VALUES(users)
      """)
  void saveCount(
      @Param("groupId") long groupId, @Param("seq") long seq, @Param("count") ReactionCount count);

  @Delete(
      """
      DELETE FROM reaction_count
      WHERE group_id = #{groupId} AND seq = #{seq} AND emoji = #{emoji}
      """)
  void deleteCount(
      @Param("groupId") long groupId, @Param("seq") long seq, @Param("emoji") String emoji);

  @Delete("DELETE FROM reaction_count WHERE group_id = #{groupId} AND seq = #{seq}")
  void deleteCounts(@Param("groupId") long groupId, @Param("seq") long seq);

  @Select(
      """
      SELECT emoji, first_seq, users
      FROM reaction_count
      WHERE group_id = #{groupId} AND seq = #{seq}
      """)
  List<ReactionCount> counts(@Param("groupId") long groupId, @Param("seq") long seq);

  @Select(
      """
      SELECT COUNT(*)
      FROM reaction
      WHERE group_id = #{groupId} AND user_id = #{userId} AND seq = #{seq} AND emoji = #{emoji}
      """)
  boolean hasReacted(
      @Param("groupId") long groupId,
      @Param("userId") long userId,
      @Param("seq") long seq,
      @Param("emoji") String emoji);

  /// When members posted last; those who never did are left out.
  ///
  /// @param senders a JSON list of `[group, user]`
  @Select(
      """
      SELECT m.group_id, m.sender_id, m.sent_at
      FROM JSON_TABLE(#{senders}, '$[*]' COLUMNS (
        g BIGINT PATH '$[0]', s BIGINT PATH '$[1]')) AS asked
      STRAIGHT_JOIN message AS m ON m.group_id = asked.g AND m.seq = (
        SELECT MAX(o.seq) FROM message AS o
        WHERE o.group_id = asked.g AND o.sender_id = asked.s AND o.countable = 1)
      """)
  List<LastPost> lastPosts(@Param("senders") String senders);

  record LastPost(long groupId, long senderId, long sentAt) {}
}

package io.hongbao.message.conversation;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/// New entries of a group, and how far each member has read.
public interface UnreadMemberMapper {

  /// @param mentions JSON as sent out
  record NewEntry(long seq, long senderId, @Nullable String mentions) {}

  /// @param afterSeq the read mark or the join point
  record Reader(long userId, long afterSeq, boolean doNotDisturb) {}

  /// Those that count as unread, the newest first.
  @Select(
      """
      SELECT seq, sender_id, mentions
      FROM message
      WHERE group_id = #{groupId} AND seq BETWEEN #{firstSeq} AND #{lastSeq}
        AND countable = 1 AND recalled_at IS NULL
      ORDER BY seq DESC LIMIT #{limit}
      """)
  List<NewEntry> newest(
      @Param("groupId") long groupId,
      @Param("firstSeq") long firstSeq,
      @Param("lastSeq") long lastSeq,
      @Param("limit") int limit);

  /// Nobody where the group is dissolved.
  @Select(
      """
      SELECT m.user_id, GREATEST(m.join_seq, COALESCE(s.read_seq, 0)) AS after_seq,
        COALESCE(s.do_not_disturb, 0) AS do_not_disturb
      FROM chat_group g
      STRAIGHT_JOIN group_member m ON m.group_id = g.group_id
      LEFT JOIN message_state s ON s.group_id = m.group_id AND s.user_id = m.user_id
      WHERE g.group_id = #{groupId} AND g.dissolved_at IS NULL
      """)
  List<Reader> readers(@Param("groupId") long groupId);
}

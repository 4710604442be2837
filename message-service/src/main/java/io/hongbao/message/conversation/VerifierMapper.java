package io.hongbao.message.conversation;

import java.util.List;
import org.apache.ibatis.annotations.Select;

/// Reads of the verifier: as little as possible of what unread is derived from.
interface VerifierMapper {

  /// Members in the order of the primary key, behind the one given.
  @Select(
      """
      SELECT group_id, user_id FROM group_member
      WHERE group_id > #{groupId} OR (group_id = #{groupId} AND user_id > #{userId})
      ORDER BY group_id, user_id LIMIT #{limit}
      """)
  List<MemberKey> members(long groupId, long userId, int limit);

  /// The user's own last counting entry up to `lastSeq`, or 0.
  @Select(
      """
      SELECT COALESCE(MAX(seq), 0) FROM message
      WHERE group_id = #{groupId} AND sender_id = #{userId} AND countable = 1
        AND seq <= #{lastSeq}
      """)
  long lastOwn(long groupId, long userId, long lastSeq);

  /// Entries of others behind `floorSeq` that count and are not recalled, by looking at each; up to
  /// `most`.
  @Select(
      """
      SELECT COUNT(*) FROM (
        SELECT seq FROM message
        WHERE group_id = #{groupId} AND seq > #{floorSeq} AND seq <= #{lastSeq}
          AND type NOT IN ('SYSTEM', 'RECALL', 'EDIT', 'REACTION') AND recalled_at IS NULL AND sender_id <> #{userId}
        ORDER BY seq LIMIT #{most}) AS unread
      """)
  int count(long groupId, long userId, long floorSeq, long lastSeq, int most);
}

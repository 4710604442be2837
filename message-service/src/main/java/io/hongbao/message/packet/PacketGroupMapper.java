package io.hongbao.message.packet;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/// Who is in a group, for who asks about many users at once.
public interface PacketGroupMapper {

  /// Null where there never was such a group.
  @Select(
      """
      SELECT dissolved_at IS NOT NULL FROM chat_group WHERE group_id = #{groupId}
      """)
  @Nullable Boolean isDissolved(@Param("groupId") long groupId);

  @Select(
      """
      SELECT user_id FROM group_member WHERE group_id = #{groupId}
      """)
  List<Long> members(@Param("groupId") long groupId);

  /// @param userIds a JSON list
  @Select(
      """
      SELECT m.user_id
      FROM JSON_TABLE(#{userIds}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS ids
      STRAIGHT_JOIN group_member AS m ON m.group_id = #{groupId} AND m.user_id = ids.id
      """)
  List<Long> membersAmong(@Param("groupId") long groupId, @Param("userIds") String userIds);
}

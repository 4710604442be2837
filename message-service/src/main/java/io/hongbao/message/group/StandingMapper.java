package io.hongbao.message.group;

import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/// Reads of one user's place in one group: two rows by their primary keys.
public interface StandingMapper {

  /// Null where there never was such a group.
  @Select(
      """
      SELECT g.last_seq, g.history_policy, g.post_policy, g.dissolved_at IS NOT NULL AS dissolved,
             m.role, COALESCE(m.join_seq, 0) AS join_seq, COALESCE(m.muted_until, 0) AS muted_until,
             g.slow_mode_ms
      FROM chat_group g
      LEFT JOIN group_member m ON m.group_id = g.group_id AND m.user_id = #{userId}
      WHERE g.group_id = #{groupId}
      """)
  @Nullable Standing find(long groupId, long userId);
}

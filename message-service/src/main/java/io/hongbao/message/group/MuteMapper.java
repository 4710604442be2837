package io.hongbao.message.group;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/// The mutes whose end is to be told.
public interface MuteMapper {

  /// Those that have run out, the first that did first.
  @Select(
      """
      SELECT group_id, user_id, until_at
      FROM mute_expiry
      WHERE until_at <= #{now}
      ORDER BY until_at
      LIMIT #{limit}
      """)
  List<EndedMute> ended(@Param("now") long now, @Param("limit") int limit);

  /// One row for whoever takes it first.
  @Delete(
      """
      DELETE FROM mute_expiry
      WHERE group_id = #{groupId} AND user_id = #{userId} AND until_at = #{untilAt}
      """)
  int take(EndedMute mute);

  /// Whether the user is in the living group, with that mute as the last one.
  @Select(
      """
      SELECT COUNT(*)
      FROM group_member AS m
      JOIN chat_group AS g ON g.group_id = m.group_id
      WHERE m.group_id = #{groupId} AND m.user_id = #{userId} AND m.muted_until = #{untilAt}
        AND m.role <> 'OWNER' AND g.dissolved_at IS NULL
      """)
  boolean concerns(EndedMute mute);

  record EndedMute(long groupId, long userId, long untilAt) {}
}

package io.hongbao.message.group;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/// The mutes whose end is to be told.
public interface MuteMapper {

  /// Those that have run out, the first that did first, and locked; without those that somebody
  /// else holds.
  @Select(
      """
      SELECT group_id, user_id, until_at
      FROM mute_expiry
      WHERE until_at <= #{now}
      ORDER BY until_at
      LIMIT #{limit}
      FOR UPDATE SKIP LOCKED
      """)
  List<EndedMute> ended(@Param("now") long now, @Param("limit") int limit);

  @Delete(
      """
      DELETE FROM mute_expiry
      WHERE group_id = #{groupId} AND user_id = #{userId} AND until_at = #{untilAt}
      """)
  void delete(EndedMute mute);

  /// Those whose user is in the living group, with that mute as the last one.
  ///
  /// @param mutes a JSON list of `[group, user, until]`
  @Select(
      """
      SELECT asked.group_id, asked.user_id, asked.until_at
      FROM JSON_TABLE(#{mutes}, '$[*]' COLUMNS (
        group_id BIGINT PATH '$[0]', user_id BIGINT PATH '$[1]', until_at BIGINT PATH '$[2]'))
        AS asked
      STRAIGHT_JOIN group_member AS m ON m.group_id = asked.group_id
        AND m.user_id = asked.user_id AND m.muted_until = asked.until_at
      STRAIGHT_JOIN chat_group AS g ON g.group_id = m.group_id AND g.dissolved_at IS NULL
      ORDER BY asked.until_at
      """)
  List<EndedMute> concerning(@Param("mutes") String mutes);

  record EndedMute(long groupId, long userId, long untilAt) {}
}

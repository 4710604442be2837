package io.hongbao.message.media;

import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/// Where media were sent.
public interface SentMediaMapper {

  /// Whether the user is a member of a group with an entry that holds the medium, has not been
  /// recalled, and is of a time that the member may read.
  @Select(
      """
      SELECT COUNT(*) FROM (
        SELECT 1
        FROM message_media AS s
        JOIN group_member AS m ON m.group_id = s.group_id AND m.user_id = #{userId}
        JOIN chat_group AS g ON g.group_id = s.group_id
        LEFT JOIN recalled AS r ON r.group_id = s.group_id AND r.seq = s.seq
        WHERE s.media_id = #{mediaId} AND r.seq IS NULL
          AND (g.history_policy = 'ALL' OR s.seq >= m.join_seq)
        LIMIT 1) AS visible
      """)
  boolean isVisible(@Param("userId") long userId, @Param("mediaId") long mediaId);
}

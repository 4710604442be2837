package io.hongbao.message.group;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// Invite codes. Written under the group's row lock only.
public interface InviteCodeMapper {

  @Select(
      """
      SELECT code, group_id, creator_id, created_at, expires_at, revoked_at
      FROM invite_code
      WHERE code = #{code} AND group_id = #{groupId}
      """)
  @Nullable InviteCode code(@Param("groupId") long groupId, @Param("code") String code);

  /// The code that lets somebody in longest.
  @Select(
      """
      SELECT code, group_id, creator_id, created_at, expires_at, revoked_at
      FROM invite_code
      WHERE group_id = #{groupId} AND expires_at > #{now} AND revoked_at IS NULL
      ORDER BY expires_at DESC
      LIMIT 1
      """)
  @Nullable InviteCode valid(@Param("groupId") long groupId, @Param("now") long now);

  @Insert(
      """
      INSERT INTO invite_code (code, group_id, creator_id, created_at, expires_at)
      VALUES (#{code}, #{groupId}, #{creatorId}, #{createdAt}, #{expiresAt})
      """)
  void insert(InviteCode code);

  @Update(
      """
      UPDATE invite_code SET revoked_at = #{revokedAt}
      WHERE group_id = #{groupId} AND expires_at > #{revokedAt} AND revoked_at IS NULL
      """)
  void revokeAll(@Param("groupId") long groupId, @Param("revokedAt") long revokedAt);
}

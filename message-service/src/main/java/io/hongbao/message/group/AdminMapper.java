package io.hongbao.message.group;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// Join requests, bans, the ends of mutes and the audit. Written under the group's row lock only,
/// but for [MuteMapper].
public interface AdminMapper {

  @Insert(
      """
      INSERT INTO group_request (request_id, group_id, user_id, inviter_id, message, created_at,
        waiting_user_id)
      VALUES (#{requestId}, #{groupId}, #{userId}, #{inviterId}, #{message}, #{createdAt},
        #{userId})
      """)
  void insertRequest(JoinRequest request);

  @Update(
      """
      UPDATE group_request
      SET waiting_user_id = NULL, accepted = #{accepted},
        decided_by = #{decidedBy}
      WHERE request_id = #{requestId}
      """)
  void decideRequest(JoinRequest request);

  @Select(
      """
      SELECT request_id, group_id, user_id, inviter_id, message, created_at, accepted, decided_by
      FROM group_request
      WHERE request_id = #{requestId}
      """)
  @Nullable JoinRequest request(@Param("requestId") long requestId);

  /// Which of the users wait to be let in.
  @Select(
      """
      SELECT r.request_id, r.group_id, r.user_id, r.inviter_id, r.message, r.created_at, r.accepted,
        r.decided_by
      FROM JSON_TABLE(#{userIds}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS ids
      STRAIGHT_JOIN group_request AS r ON r.group_id = #{groupId} AND r.waiting_user_id = ids.id
      """)
  List<JoinRequest> waiting(@Param("groupId") long groupId, @Param("userIds") String userIds);

  @Select(
      """
      SELECT request_id, group_id, user_id, inviter_id, message, created_at, accepted, decided_by
      FROM group_request
      WHERE group_id = #{groupId} AND accepted IS NULL AND request_id > #{after}
      ORDER BY request_id
      LIMIT #{limit}
      """)
  List<JoinRequest> requestPage(
      @Param("groupId") long groupId, @Param("after") long after, @Param("limit") int limit);

  @Insert(
      """
      INSERT INTO group_ban (group_id, user_id)
      VALUES (#{groupId}, #{userId})
      """)
  void ban(@Param("groupId") long groupId, @Param("userId") long userId);

  @Delete("DELETE FROM group_ban WHERE group_id = #{groupId} AND user_id = #{userId}")
  void unban(@Param("groupId") long groupId, @Param("userId") long userId);

  /// Which of the users are kept out.
  @Select(
      """
      SELECT b.user_id
      FROM JSON_TABLE(#{userIds}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS ids
      STRAIGHT_JOIN group_ban AS b ON b.group_id = #{groupId} AND b.user_id = ids.id
      """)
  List<Long> banned(@Param("groupId") long groupId, @Param("userIds") String userIds);

  @Select(
      """
      SELECT user_id
      FROM group_ban
      WHERE group_id = #{groupId} AND user_id > #{after}
      ORDER BY user_id
      LIMIT #{limit}
      """)
  List<Long> banPage(
      @Param("groupId") long groupId, @Param("after") long after, @Param("limit") int limit);

  @Insert(
      """
      INSERT INTO mute_expiry (group_id, user_id, until_at)
      VALUES (#{groupId}, #{mute.userId}, #{mute.untilAt})
      ON DUPLICATE KEY UPDATE until_at = VALUES(until_at)
      """)
  void muteEnds(@Param("groupId") long groupId, @Param("mute") AdminChange.MuteEnds mute);

  @Insert(
      """
      INSERT INTO group_audit (group_id, audit_id, actor_id, action, target_id, target_ids,
        before_act, after_act, at)
      VALUES (#{groupId}, #{audit.auditId}, #{audit.actorId}, #{audit.action}, #{audit.targetId},
        #{targetIds}, #{audit.before}, #{audit.after}, #{audit.at})
      """)
  void audit(
      @Param("groupId") long groupId,
      @Param("audit") AuditRecord audit,
      @Param("targetIds") String targetIds);

  /// Who did that to the user last.
  @Select(
      """
      SELECT actor_id
      FROM group_audit
      WHERE group_id = #{groupId} AND target_id = #{targetId} AND action = #{action}
      ORDER BY audit_id DESC
      LIMIT 1
      """)
  @Nullable Long lastActor(
      @Param("groupId") long groupId,
      @Param("action") AuditAction action,
      @Param("targetId") long targetId);

  /// Those before an id, newest first.
  @Select(
      """
      SELECT audit_id, actor_id, action, target_ids, before_act, after_act, at
      FROM group_audit
      WHERE group_id = #{groupId} AND audit_id < #{before}
      ORDER BY audit_id DESC
      LIMIT #{limit}
      """)
  List<AuditRow> auditPage(
      @Param("groupId") long groupId, @Param("before") long before, @Param("limit") int limit);

  /// @param targetIds JSON
  record AuditRow(
      long auditId,
      long actorId,
      AuditAction action,
      String targetIds,
      @Nullable String beforeAct,
      @Nullable String afterAct,
      long at) {}
}

package io.hongbao.message.conversation;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/// What a user has made of groups, and how the groups look.
interface StateMapper {

  /// @param rows [io.hongbao.message.NumberRows] of group ids
  @Select(
      """
      SELECT g.group_id, g.name, g.owner_id, g.member_count, g.max_members, g.announcement,
             g.join_policy, g.invite_policy, g.post_policy, g.history_policy, g.slow_mode_ms,
             g.join_question, g.created_at
      FROM JSON_TABLE(#{rows}, '$[*]' COLUMNS (group_id BIGINT PATH '$[0]')) AS p
      STRAIGHT_JOIN chat_group g ON g.group_id = p.group_id
      """)
  List<GroupRow> groups(String rows);

  /// Sets what is not null.
  @Insert(
      """
      INSERT INTO message_state (group_id, user_id, pinned, do_not_disturb)
      VALUES (#{groupId}, #{userId}, COALESCE(#{pinned}, 0), COALESCE(#{doNotDisturb}, 0))
      ON DUPLICATE KEY UPDATE
        pinned = COALESCE(#{pinned}, pinned),
        do_not_disturb = COALESCE(#{doNotDisturb}, do_not_disturb)
      """)
  int set(long groupId, long userId, @Nullable Boolean pinned, @Nullable Boolean doNotDisturb);

  /// Moves read marks forwards, many in one statement.
  ///
  /// @param rows [io.hongbao.message.NumberRows] of group id, user id and seq, in the order of the
  ///   primary key, in which the rows are locked
  @Insert(
      """
      INSERT INTO message_state (group_id, user_id, read_seq)
      SELECT p.group_id, p.user_id, p.read_seq
      FROM JSON_TABLE(#{rows}, '$[*]' COLUMNS (
        group_id BIGINT PATH '$[0]', user_id BIGINT PATH '$[1]', read_seq BIGINT PATH '$[2]')) AS p
      ON DUPLICATE KEY UPDATE
        read_seq = GREATEST(message_state.read_seq, VALUES(read_seq))
      """)
  int moveReadMarks(String rows);
}

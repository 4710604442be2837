package io.hongbao.message.conversation;

import org.apache.ibatis.annotations.Insert;
import org.jspecify.annotations.Nullable;

/// Writes of what a user has made of groups.
interface StateMapper {

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

package io.hongbao.message.conversation;

import io.hongbao.message.group.Role;
import io.hongbao.message.group.Rules.HistoryPolicy;
import java.util.List;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.ConstructorArgs;
import org.apache.ibatis.annotations.ResultMap;
import org.apache.ibatis.annotations.Results;
import org.apache.ibatis.annotations.Select;

/// Reads of [Head]s, each by primary keys. The columns are named one by one, since MyBatis matches
/// names anew for every row, which takes longer than all else in a large batch.
interface HeadMapper {

  String COLUMNS =
      """
      g.group_id, m.role, COALESCE(m.join_seq, 0) AS join_seq,
      COALESCE(s.read_seq, 0) AS read_seq, COALESCE(s.pinned, 0) AS pinned,
      COALESCE(s.do_not_disturb, 0) AS do_not_disturb,
      g.last_seq, g.counted, g.last_counted_seq, g.last_message_seq, g.last_activity_at,
      g.history_policy, g.dissolved_at IS NOT NULL AS dissolved
      """;

  /// Of all groups that the user is in, but for dissolved ones.
  @Select(
      "SELECT m.user_id, "
          + COLUMNS
          + """
          FROM group_member m
          STRAIGHT_JOIN chat_group g ON g.group_id = m.group_id
          LEFT JOIN message_state s ON s.group_id = m.group_id AND s.user_id = m.user_id
          WHERE m.user_id = #{userId} AND g.dissolved_at IS NULL
          """)
  @Results(id = "head")
  @ConstructorArgs({
    @Arg(name = "groupId", column = "group_id", javaType = long.class),
    @Arg(name = "userId", column = "user_id", javaType = long.class),
    @Arg(name = "role", column = "role", javaType = Role.class),
    @Arg(name = "joinSeq", column = "join_seq", javaType = long.class),
    @Arg(name = "readSeq", column = "read_seq", javaType = long.class),
    @Arg(name = "pinned", column = "pinned", javaType = boolean.class),
    @Arg(name = "doNotDisturb", column = "do_not_disturb", javaType = boolean.class),
    @Arg(name = "lastSeq", column = "last_seq", javaType = long.class),
    @Arg(name = "counted", column = "counted", javaType = long.class),
    @Arg(name = "lastCountedSeq", column = "last_counted_seq", javaType = long.class),
    @Arg(name = "lastMessageSeq", column = "last_message_seq", javaType = long.class),
    @Arg(name = "lastActivityAt", column = "last_activity_at", javaType = long.class),
    @Arg(name = "historyPolicy", column = "history_policy", javaType = HistoryPolicy.class),
    @Arg(name = "dissolved", column = "dissolved", javaType = boolean.class)
  })
  List<Head> ofUser(long userId);

  /// Of the pairs given, members or not; pairs without such a group are left out.
  ///
  /// @param rows [io.hongbao.message.NumberRows] of group id and user id
  @Select(
      "SELECT p.user_id, "
          + COLUMNS
          + """
          FROM JSON_TABLE(#{rows}, '$[*]' COLUMNS (
            group_id BIGINT PATH '$[0]', user_id BIGINT PATH '$[1]')) AS p
          STRAIGHT_JOIN chat_group g ON g.group_id = p.group_id
          LEFT JOIN group_member m ON m.group_id = p.group_id AND m.user_id = p.user_id
          LEFT JOIN message_state s ON s.group_id = p.group_id AND s.user_id = p.user_id
          """)
  @ResultMap("head")
  List<Head> ofPairs(String rows);
}

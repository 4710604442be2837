package io.hongbao.message.history;

import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.Message;
import java.util.List;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.ConstructorArgs;
import org.apache.ibatis.annotations.ResultMap;
import org.apache.ibatis.annotations.Results;
import org.apache.ibatis.annotations.Select;

/// The log as it is read: ranges of its primary key, and single entries by it. The columns are
/// named one by one, since MyBatis matches names anew for every row, and pages have many.
public interface MessageMapper {

  /// What a [Message] is made of.
  String COLUMNS =
      """
      m.message_id, m.group_id, m.seq, m.sender_id, m.type, m.content, m.sent_at,
      CONVERT(m.client_message_id USING utf8mb4) AS client_message_id, m.reply_to_seq, m.mentions,
      m.recalled_at, m.edited_at, NULL AS reactions
      """;

  @Select(
      "SELECT "
          + COLUMNS
          + """
          FROM message m
          WHERE m.group_id = #{groupId} AND m.seq >= #{firstSeq} AND m.seq <= #{lastSeq}
          ORDER BY m.seq LIMIT #{limit}
          """)
  @Results(id = "message")
  @ConstructorArgs({
    @Arg(name = "messageId", column = "message_id", javaType = long.class),
    @Arg(name = "groupId", column = "group_id", javaType = long.class),
    @Arg(name = "seq", column = "seq", javaType = long.class),
    @Arg(name = "senderId", column = "sender_id", javaType = long.class),
    @Arg(name = "type", column = "type", javaType = EntryType.class),
    @Arg(name = "content", column = "content", javaType = String.class),
    @Arg(name = "sentAt", column = "sent_at", javaType = long.class),
    @Arg(name = "clientMessageId", column = "client_message_id", javaType = String.class),
    @Arg(name = "replyToSeq", column = "reply_to_seq", javaType = Long.class),
    @Arg(name = "mentions", column = "mentions", javaType = String.class),
    @Arg(name = "recalledAt", column = "recalled_at", javaType = Long.class),
    @Arg(name = "editedAt", column = "edited_at", javaType = Long.class),
    @Arg(name = "reactions", column = "reactions", javaType = String.class)
  })
  List<Message> oldest(long groupId, long firstSeq, long lastSeq, int limit);

  @Select(
      "SELECT "
          + COLUMNS
          + """
          FROM message m
          WHERE m.group_id = #{groupId} AND m.seq >= #{firstSeq} AND m.seq <= #{lastSeq}
          ORDER BY m.seq DESC LIMIT #{limit}
          """)
  @ResultMap("message")
  List<Message> newest(long groupId, long firstSeq, long lastSeq, int limit);

  /// @param rows [io.hongbao.message.NumberRows] of group id and seq
  @Select(
      "SELECT "
          + COLUMNS
          + """
          FROM JSON_TABLE(#{rows}, '$[*]' COLUMNS (
            group_id BIGINT PATH '$[0]', seq BIGINT PATH '$[1]')) AS p
          STRAIGHT_JOIN message m ON m.group_id = p.group_id AND m.seq = p.seq
          """)
  @ResultMap("message")
  List<Message> at(String rows);
}

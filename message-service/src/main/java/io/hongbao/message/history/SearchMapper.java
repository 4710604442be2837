package io.hongbao.message.history;

import io.hongbao.message.log.Message;
import java.util.List;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.ResultMap;
import org.apache.ibatis.annotations.Select;

/// Reads of the search.
///
/// Case is folded by both maps, so that letters with two small forms (σ, ς) are one; compared are
/// code points, so that no accent and no emoji is taken for another. What decides is the text as
/// `JSON_TABLE` gives it (`JSON_UNQUOTE` loses emoji on MariaDB); since that is slow, only entries
/// are looked into whose JSON has the query's JSON in it, as [io.hongbao.common.wire.Json] writes
/// both.
interface SearchMapper {

  /// Seconds after which the server gives up on one block.
  int BLOCK_SECONDS_MAX = 5;

  /// The newest texts of a block of the log that contain `query`.
  ///
  /// @param json `query` as it stands inside a JSON string
  @Select(
      "SELECT "
          + MessageMapper.COLUMNS
          + """
          FROM message m
          STRAIGHT_JOIN JSON_TABLE(m.content, '$' COLUMNS (text MEDIUMTEXT PATH '$.text')) AS j
          WHERE m.group_id = #{groupId} AND m.seq >= #{firstSeq} AND m.seq <= #{lastSeq}
            AND m.type = 'TEXT' AND m.recalled_at IS NULL
            AND LOCATE(
              LOWER(UPPER(#{json})), LOWER(UPPER(m.content)) COLLATE utf8mb4_bin) > 0
            AND LOCATE(
              LOWER(UPPER(#{query})), LOWER(UPPER(j.text)) COLLATE utf8mb4_bin) > 0
          ORDER BY m.seq DESC LIMIT #{limit}
          """)
  @Options(timeout = BLOCK_SECONDS_MAX)
  @ResultMap("io.hongbao.message.history.MessageMapper.message")
  List<Message> matches(
      long groupId, long firstSeq, long lastSeq, String query, String json, int limit);

  /// What a user may read of each of their groups, dissolved ones too.
  @Select(
      """
      SELECT g.group_id, CASE g.history_policy WHEN 'SINCE_JOIN' THEN m.join_seq ELSE 1 END AS first_seq,
             g.last_seq
      FROM group_member m
      STRAIGHT_JOIN chat_group g ON g.group_id = m.group_id
      WHERE m.user_id = #{userId}
      """)
  List<Span> readable(long userId);

  /// When entries were made, in the order of the rows.
  ///
  /// @param rows [io.hongbao.message.NumberRows] of group id and seq
  @Select(
      """
      SELECT m.sent_at, m.group_id, m.seq
      FROM JSON_TABLE(#{rows}, '$[*]' COLUMNS (
        number FOR ORDINALITY, group_id BIGINT PATH '$[0]', seq BIGINT PATH '$[1]')) AS p
      STRAIGHT_JOIN message m ON m.group_id = p.group_id AND m.seq = p.seq
      ORDER BY p.number
      """)
  List<Place> places(String rows);
}

package io.hongbao.message.history;

import java.util.List;
import org.apache.ibatis.annotations.Select;

/// Reads of the reactions to entries, an entry's together, the first that came first.
interface ReactionMapper {

  @Select(
      """
      SELECT seq, emoji, users
      FROM reaction_count
      WHERE group_id = #{groupId} AND seq >= #{firstSeq} AND seq <= #{lastSeq}
      ORDER BY seq, first_seq
      """)
  List<Count> counts(long groupId, long firstSeq, long lastSeq);

  @Select(
      """
      SELECT seq, emoji
      FROM reaction
      WHERE group_id = #{groupId} AND user_id = #{userId} AND seq >= #{firstSeq}
        AND seq <= #{lastSeq}
      """)
  List<Own> own(long groupId, long userId, long firstSeq, long lastSeq);

  /// The same of entries that do not lie side by side.
  ///
  /// @param seqs a JSON list
  @Select(
      """
      SELECT c.seq, c.emoji, c.users
      FROM JSON_TABLE(#{seqs}, '$[*]' COLUMNS (seq BIGINT PATH '$')) AS asked
      STRAIGHT_JOIN reaction_count AS c ON c.group_id = #{groupId} AND c.seq = asked.seq
      ORDER BY c.seq, c.first_seq
      """)
  List<Count> countsOf(long groupId, String seqs);

  @Select(
      """
      SELECT r.seq, r.emoji
      FROM JSON_TABLE(#{seqs}, '$[*]' COLUMNS (seq BIGINT PATH '$')) AS asked
      STRAIGHT_JOIN reaction AS r
        ON r.group_id = #{groupId} AND r.user_id = #{userId} AND r.seq = asked.seq
      """)
  List<Own> ownOf(long groupId, long userId, String seqs);

  record Count(long seq, String emoji, int users) {}

  record Own(long seq, String emoji) {}
}

package io.hongbao.message.history;

import java.util.List;
import org.apache.ibatis.annotations.Select;

/// Reads of the reactions to a stretch of a log.
interface ReactionMapper {

  /// An entry's reactions stand together, the first that came first.
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

  record Count(long seq, String emoji, int users) {}

  record Own(long seq, String emoji) {}
}

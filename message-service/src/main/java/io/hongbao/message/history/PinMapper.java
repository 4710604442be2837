package io.hongbao.message.history;

import java.util.List;
import org.apache.ibatis.annotations.Select;

/// Reads of the entries that a group holds up.
interface PinMapper {

  /// What was pinned before the entry `beforePinSeq`, the last first.
  @Select(
      """
      SELECT seq, pin_seq, pinned_by, pinned_at
      FROM pin
      WHERE group_id = #{groupId} AND pin_seq < #{beforePinSeq} AND seq >= #{firstSeq}
      ORDER BY pin_seq DESC
      LIMIT #{limit}
      """)
  List<PinRow> page(long groupId, long beforePinSeq, long firstSeq, int limit);

  record PinRow(long seq, long pinSeq, long pinnedBy, long pinnedAt) {}
}

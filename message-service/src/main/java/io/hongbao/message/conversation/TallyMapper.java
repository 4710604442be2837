package io.hongbao.message.conversation;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.SelectProvider;

/// Reads of what unread is derived from. Every subquery of [#marks] takes the last entry of an
/// index range; the order is spelled out in full, since MySQL reads an index backwards only then.
interface TallyMapper {

  /// The marks in a group's log that matter to a user, as of the entry `last`, in the order of the
  /// rows.
  ///
  /// @param rows [io.hongbao.message.NumberRows] of group id, user id, floor (the larger of read
  ///   mark and join point) and last entry
  @Select(
      """
      SELECT h.own_seq, COALESCE(f.counted, 0) AS counted_at_floor, h.mention_seq, h.recalled_seq
      FROM (
        SELECT p.number, p.group_id, p.floor_seq,
          COALESCE((
            SELECT o.seq FROM message o
            WHERE o.group_id = p.group_id AND o.sender_id = p.user_id AND o.countable = 1
              AND o.seq <= p.last_seq
            ORDER BY o.group_id DESC, o.sender_id DESC, o.countable DESC, o.seq DESC LIMIT 1), 0)
            AS own_seq,
          GREATEST(
            COALESCE((
              SELECT n.seq FROM mention n
              WHERE n.group_id = p.group_id AND n.user_id = p.user_id AND n.seq <= p.last_seq
                AND NOT EXISTS (
                  SELECT 1 FROM recalled t
                  WHERE t.group_id = n.group_id AND t.seq = n.seq AND t.recall_seq <= p.last_seq)
              ORDER BY n.group_id DESC, n.user_id DESC, n.seq DESC LIMIT 1), 0),
            COALESCE((
              SELECT n.seq FROM mention n
              WHERE n.group_id = p.group_id AND n.user_id = 0 AND n.seq <= p.last_seq
                AND NOT EXISTS (
                  SELECT 1 FROM recalled t
                  WHERE t.group_id = n.group_id AND t.seq = n.seq AND t.recall_seq <= p.last_seq)
              ORDER BY n.group_id DESC, n.user_id DESC, n.seq DESC LIMIT 1), 0)) AS mention_seq,
          COALESCE((
            SELECT t.seq FROM recalled t
            WHERE t.group_id = p.group_id
            ORDER BY t.group_id DESC, t.seq DESC LIMIT 1), 0) AS recalled_seq
        FROM JSON_TABLE(#{rows}, '$[*]' COLUMNS (
          number FOR ORDINALITY, group_id BIGINT PATH '$[0]', user_id BIGINT PATH '$[1]',
          floor_seq BIGINT PATH '$[2]', last_seq BIGINT PATH '$[3]')) AS p) h
      LEFT JOIN message f
        ON f.group_id = h.group_id AND f.seq = GREATEST(h.floor_seq, h.own_seq)
      ORDER BY h.number
      """)
  List<Marks> marks(String rows);

  /// What was taken back behind an entry, of several groups.
  @SelectProvider(type = RecalledSql.class, method = "recalled")
  List<Recalled> recalled(@Param("ranges") List<RecalledRange> ranges);

  /// @param ownSeq the user's own last counting entry, 0 where there is none
  /// @param countedAtFloor countable entries up to the larger of the floor and `ownSeq`
  /// @param mentionSeq the last entry that mentions the user and is not recalled, or 0
  /// @param recalledSeq the last of the group's recalled entries, or 0
  record Marks(long ownSeq, long countedAtFloor, long mentionSeq, long recalledSeq) {}

  /// An entry taken back, and the entry that took it back.
  record Recalled(long groupId, long seq, long recallSeq) {}

  /// Recalled entries behind `afterSeq`.
  record RecalledRange(long groupId, long afterSeq) {}
}

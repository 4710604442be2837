package io.hongbao.redpacket.packet;

import io.hongbao.redpacket.packet.RecordRow.RecordState;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/// What is read of packets without a lock.
public interface PacketReadMapper {

  @Select(
      """
      SELECT packet_id, group_id, recipient_id, expire_at
      FROM red_packet WHERE packet_id = #{packetId}
      """)
  @Nullable PacketView view(@Param("packetId") long packetId);

  @Select(
      """
      SELECT packet_id, sender_id, group_id, kind, split, strategy, share_max, recipient_id,
        greeting, total_amount, share_count, taken, opened, settled, opened_amount, refund_amount,
        best_user, best_amount, state, load_epoch, message_id, entry_seq, created_at, expire_at,
        finished_at, finished_by, frozen_at
      FROM red_packet WHERE packet_id = #{packetId}
      """)
  @Nullable PacketRow packet(@Param("packetId") long packetId);

  @Select(
      """
      SELECT packet_id, user_id, seq, amount, state, grabbed_at, opened_at, settled_at
      FROM red_packet_record WHERE packet_id = #{packetId} AND user_id = #{userId}
      """)
  @Nullable RecordRow record(@Param("packetId") long packetId, @Param("userId") long userId);

  /// Places in the order in which they were taken.
  @Select(
      """
      SELECT packet_id, user_id, seq, amount, state, grabbed_at, opened_at, settled_at
      FROM red_packet_record
      WHERE packet_id = #{packetId} AND seq > #{after}
      ORDER BY seq
      LIMIT #{limit}
      """)
  List<RecordRow> records(
      @Param("packetId") long packetId, @Param("after") long after, @Param("limit") int limit);

  /// A user's packets sent in a span of time, newest first.
  @Select(
      """
      SELECT packet_id, group_id, kind, total_amount AS amount, created_at AS at, 0 AS best
      FROM red_packet
      WHERE sender_id = #{userId} AND created_at >= #{from} AND created_at < #{to}
        AND state <> 'CANCELLED'
        AND (created_at < #{beforeAt} OR created_at = #{beforeAt} AND packet_id < #{beforeId})
      ORDER BY created_at DESC, packet_id DESC
      LIMIT #{limit}
      """)
  List<HistoryRow> sent(Span span);

  /// A user's shares opened in a span of time, newest first.
  @Select(
      """
      SELECT r.packet_id, p.group_id, p.kind, r.amount, r.opened_at AS at,
        p.state IN ('FINISHED', 'CLOSED') AND p.best_user = r.user_id AS best
      FROM red_packet_record AS r
      JOIN red_packet AS p ON p.packet_id = r.packet_id
      WHERE r.user_id = #{userId} AND r.opened_at >= #{from} AND r.opened_at < #{to}
        AND (r.opened_at < #{beforeAt}
          OR r.opened_at = #{beforeAt} AND r.packet_id < #{beforeId})
      ORDER BY r.opened_at DESC, r.packet_id DESC
      LIMIT #{limit}
      """)
  List<HistoryRow> received(Span span);

  @Select(
      """
      SELECT COUNT(*) AS count, COALESCE(SUM(total_amount), 0) AS total, 0 AS best
      FROM red_packet
      WHERE sender_id = #{userId} AND created_at >= #{from} AND created_at < #{to}
        AND state <> 'CANCELLED'
      """)
  Totals sentTotals(Span span);

  @Select(
      """
      SELECT COUNT(*) AS count, COALESCE(SUM(r.amount), 0) AS total,
        COALESCE(SUM(p.state IN ('FINISHED', 'CLOSED') AND p.best_user = r.user_id), 0) AS best
      FROM red_packet_record AS r
      JOIN red_packet AS p ON p.packet_id = r.packet_id
      WHERE r.user_id = #{userId} AND r.opened_at >= #{from} AND r.opened_at < #{to}
      """)
  Totals receivedTotals(Span span);

  /// @param beforeAt with `beforeId`, the last row shown
  record Span(long userId, long from, long to, long beforeAt, long beforeId, int limit) {}

  record HistoryRow(long packetId, long groupId, PacketKind kind, long amount, long at, int best) {}

  record Totals(long count, long total, long best) {}

  /// For the records of a place.
  static boolean isOpened(RecordRow record) {
    return record.state() == RecordState.OPENED || record.state() == RecordState.SETTLED;
  }
}

package io.hongbao.redpacket.reconcile;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/// What reconciliation measures, and the little that it does.
public interface DriftMapper {

  /// By how many fen the books are wrong: what all balances miss to zero, what accounts miss to
  /// their entries, and what escrows miss to their packets.
  @Select(
      """
      SELECT
        (SELECT ABS(COALESCE(SUM(balance), 0)) FROM wallet_account)
        + (SELECT COALESCE(SUM(ABS(a.balance - COALESCE(e.total, 0))), 0)
          FROM wallet_account AS a
          LEFT JOIN (SELECT account_id, SUM(delta) AS total FROM ledger_entry GROUP BY account_id)
            AS e ON e.account_id = a.account_id)
        + (SELECT COALESCE(SUM(ABS(COALESCE(a.balance, 0) - (p.total_amount
            - COALESCE(r.booked, 0)
            - CASE WHEN p.state IN ('REFUNDED', 'CANCELLED') THEN p.refund_amount ELSE 0 END))), 0)
          FROM red_packet AS p
          LEFT JOIN wallet_account AS a ON a.kind = 'PACKET_ESCROW' AND a.owner_id = p.packet_id
          LEFT JOIN (SELECT packet_id, SUM(amount) AS booked FROM red_packet_record
            WHERE state = 'SETTLED' GROUP BY packet_id) AS r ON r.packet_id = p.packet_id)
      """)
  long driftFen();

  @Select("SELECT COUNT(*) FROM outbox WHERE state = #{state}")
  long tasks(@Param("state") String state);

  /// From now on nothing moves in the packet. Money is never touched.
  @Update(
      """
      UPDATE red_packet SET frozen_at = #{now} WHERE packet_id = #{packetId} AND frozen_at IS NULL
      """)
  int freeze(@Param("packetId") long packetId, @Param("now") long now);

  /// Packets with something to do that no task stands for.
  @Select(
      """
      SELECT p.packet_id, CASE WHEN p.state = 'PAID' THEN 'ENTRY' ELSE 'REFUND' END AS topic
      FROM red_packet AS p
      LEFT JOIN outbox AS o ON o.packet_id = p.packet_id
        AND o.topic = CASE WHEN p.state = 'PAID' THEN 'ENTRY' ELSE 'REFUND' END
      WHERE p.state IN ('PAID', 'EXPIRED') AND o.packet_id IS NULL
      UNION
      SELECT r.packet_id, 'SETTLE' AS topic
      FROM red_packet_record AS r
      LEFT JOIN outbox AS o ON o.packet_id = r.packet_id AND o.topic = 'SETTLE'
      WHERE r.state = 'OPENED' AND o.packet_id IS NULL
      """)
  List<Forgotten> forgotten();

  @Insert(
      """
      INSERT INTO outbox (packet_id, topic, state, attempts, next_at)
      VALUES (#{packetId}, #{topic}, 'PENDING', 0, #{now})
      ON DUPLICATE KEY UPDATE next_at = next_at
      """)
  int remember(
      @Param("packetId") long packetId, @Param("topic") String topic, @Param("now") long now);

  record Forgotten(long packetId, String topic) {}
}

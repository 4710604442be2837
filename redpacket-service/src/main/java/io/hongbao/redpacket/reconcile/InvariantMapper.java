package io.hongbao.redpacket.reconcile;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/// What must never be found: each query returns the ids of what breaks its rule. One statement sees
/// one moment, so none of them is misled by what goes on beside it. They know the tables and none
/// of the code that writes them.
///
/// Those with a `since` look at packets and transfers with that id and later ones, a range of the
/// primary key; the others read everything.
public interface InvariantMapper {

  /// All balances together are zero: 0 stands for the ledger as a whole.
  @Select(
      """
      SELECT 0 FROM wallet_account HAVING COALESCE(SUM(balance), 0) <> 0
      """)
  List<Long> unbalanced();

  /// An account's balance is the sum of its entries, which are numbered without gaps.
  @Select(
      """
      SELECT a.account_id
      FROM wallet_account AS a
      LEFT JOIN ledger_entry AS e ON e.account_id = a.account_id
      GROUP BY a.account_id, a.balance, a.version
      HAVING a.balance <> COALESCE(SUM(e.delta), 0) OR a.version <> COUNT(e.version)
        OR COALESCE(MAX(e.version), 0) <> a.version
      """)
  List<Long> driftedAccounts();

  /// An entry goes on from the one before, and the account stands where the last one left it.
  @Select(
      """
      SELECT DISTINCT e.account_id
      FROM ledger_entry AS e
      JOIN wallet_account AS a ON a.account_id = e.account_id
      LEFT JOIN ledger_entry AS b ON b.account_id = e.account_id AND b.version = e.version - 1
      WHERE e.transfer_id >= #{since}
        AND (e.balance_after <> COALESCE(b.balance_after, 0) + e.delta
          OR (e.version > 1) <> (b.version IS NOT NULL)
          OR e.version > a.version
          OR e.version = a.version AND e.balance_after <> a.balance)
      """)
  List<Long> brokenChains(@Param("since") long since);

  /// A transfer has its two legs, the one against the other.
  @Select(
      """
      SELECT t.transfer_id
      FROM ledger_transfer AS t
      LEFT JOIN ledger_entry AS e ON e.transfer_id = t.transfer_id
      WHERE t.transfer_id >= #{since}
      GROUP BY t.transfer_id, t.amount, t.debit_account, t.credit_account
      HAVING COUNT(e.transfer_id) <> 2 OR SUM(e.delta) <> 0
        OR SUM(CASE WHEN e.account_id = t.credit_account THEN e.delta END) <> t.amount
        OR SUM(CASE WHEN e.account_id = t.debit_account THEN e.delta END) <> -t.amount
      """)
  List<Long> lameTransfers(@Param("since") long since);

  /// The shares of a packet that was cut at once are the packet.
  @Select(
      """
      SELECT p.packet_id
      FROM red_packet AS p
      LEFT JOIN red_packet_share AS s ON s.packet_id = p.packet_id
      WHERE p.split = 'PRESET' AND p.packet_id >= #{since}
      GROUP BY p.packet_id, p.total_amount, p.share_count
      HAVING COALESCE(SUM(s.amount), 0) <> p.total_amount OR COUNT(s.seq) <> p.share_count
      """)
  List<Long> wrongShares(@Param("since") long since);

  /// The counters of a packet agree with its places.
  @Select(
      """
      SELECT p.packet_id
      FROM red_packet AS p
      LEFT JOIN red_packet_record AS r ON r.packet_id = p.packet_id
      WHERE p.packet_id >= #{since}
      GROUP BY p.packet_id, p.taken, p.opened, p.settled, p.opened_amount
      HAVING p.taken <> COUNT(r.user_id)
        OR p.opened <> COALESCE(SUM(r.state IN ('OPENED', 'SETTLED')), 0)
        OR p.settled <> COALESCE(SUM(r.state = 'SETTLED'), 0)
        OR p.opened_amount
          <> COALESCE(SUM(CASE WHEN r.state IN ('OPENED', 'SETTLED') THEN r.amount END), 0)
      """)
  List<Long> wrongCounters(@Param("since") long since);

  /// An opened share is the one of its place.
  @Select(
      """
      SELECT DISTINCT r.packet_id
      FROM red_packet AS p
      JOIN red_packet_record AS r ON r.packet_id = p.packet_id
      LEFT JOIN red_packet_share AS s ON s.packet_id = r.packet_id AND s.seq = r.seq
      WHERE p.split = 'PRESET' AND p.packet_id >= #{since} AND r.state IN ('OPENED', 'SETTLED')
        AND (s.amount IS NULL OR s.amount <> r.amount)
      """)
  List<Long> wrongAmounts(@Param("since") long since);

  /// The escrow holds what was paid, less what was booked out of it.
  @Select(
      """
      SELECT p.packet_id
      FROM red_packet AS p
      LEFT JOIN wallet_account AS a ON a.kind = 'PACKET_ESCROW' AND a.owner_id = p.packet_id
      LEFT JOIN (
        SELECT packet_id, SUM(amount) AS booked FROM red_packet_record
        WHERE packet_id >= #{since} AND state = 'SETTLED'
        GROUP BY packet_id
      ) AS r ON r.packet_id = p.packet_id
      WHERE p.packet_id >= #{since}
        AND (a.account_id IS NULL
          OR a.balance <> p.total_amount - COALESCE(r.booked, 0)
            - CASE WHEN p.state IN ('REFUNDED', 'CANCELLED') THEN p.refund_amount ELSE 0 END
          OR p.state IN ('CLOSED', 'CANCELLED') AND a.balance <> 0)
      """)
  List<Long> wrongEscrows(@Param("since") long since);

  /// A share is booked if and only if its transfer is there, with its amount and to its user.
  @Select(
      """
      SELECT DISTINCT r.packet_id
      FROM red_packet AS p
      JOIN red_packet_record AS r ON r.packet_id = p.packet_id
      LEFT JOIN ledger_transfer AS t
        ON t.transfer_key = CONVERT(CONCAT('rp:s:', r.packet_id, ':', r.user_id) USING ascii)
      LEFT JOIN wallet_account AS a ON a.account_id = t.credit_account
      WHERE p.packet_id >= #{since}
        AND ((r.state = 'SETTLED') <> (t.transfer_id IS NOT NULL)
          OR t.transfer_id IS NOT NULL
            AND (t.amount <> r.amount OR a.kind <> 'USER_WALLET' OR a.owner_id <> r.user_id))
      """)
  List<Long> wrongBookings(@Param("since") long since);

  /// A packet that has ended accounts for every fen, and its refund is booked when it says so.
  @Select(
      """
      SELECT p.packet_id
      FROM red_packet AS p
      LEFT JOIN ledger_transfer AS t
        ON t.transfer_key = CONVERT(CONCAT('rp:r:', p.packet_id) USING ascii)
      WHERE p.packet_id >= #{since}
        AND (p.state IN ('EXPIRED', 'REFUNDED', 'CANCELLED')
            AND p.opened_amount + p.refund_amount <> p.total_amount
          OR p.state IN ('FINISHED', 'CLOSED') AND p.opened_amount <> p.total_amount
          OR (p.state IN ('REFUNDED', 'CANCELLED')) <> (t.transfer_id IS NOT NULL)
          OR t.amount <> p.refund_amount)
      """)
  List<Long> wrongRefunds(@Param("since") long since);

  /// The best is the largest share.
  @Select(
      """
      SELECT p.packet_id
      FROM red_packet AS p
      LEFT JOIN red_packet_record AS r
        ON r.packet_id = p.packet_id AND r.state IN ('OPENED', 'SETTLED')
      LEFT JOIN red_packet_record AS b
        ON b.packet_id = p.packet_id AND b.user_id = p.best_user
      WHERE p.packet_id >= #{since}
      GROUP BY p.packet_id, p.best_amount, p.best_user, b.amount
      HAVING p.best_amount <> COALESCE(MAX(r.amount), 0)
        OR p.best_user IS NOT NULL AND (b.amount IS NULL OR b.amount <> p.best_amount)
      """)
  List<Long> wrongBests(@Param("since") long since);

  /// What should have been done long ago: shares not booked, packets not ended, tasks that are
  /// dead.
  @Select(
      """
      SELECT packet_id FROM red_packet_record WHERE state = 'OPENED' AND opened_at < #{bookedBy}
      UNION
      SELECT packet_id FROM red_packet
      WHERE state IN ('PAID', 'ACTIVE', 'EXHAUSTED') AND expire_at < #{endedBy}
        AND frozen_at IS NULL
      UNION
      SELECT packet_id FROM outbox WHERE state = 'DEAD'
      """)
  List<Long> stuck(@Param("bookedBy") long bookedBy, @Param("endedBy") long endedBy);
}

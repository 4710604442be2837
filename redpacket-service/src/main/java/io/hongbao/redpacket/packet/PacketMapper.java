package io.hongbao.redpacket.packet;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The write side of packets. All but [#insert], [#byKey] and [#due] only under the packet's row
/// lock.
public interface PacketMapper {

  @Select(
      """
      SELECT packet_id, sender_id, group_id, kind, split, strategy, share_max, recipient_id,
        greeting, total_amount, share_count, taken, opened, settled, opened_amount, refund_amount,
        best_user, best_amount, state, load_epoch, message_id, entry_seq, created_at, expire_at,
        finished_at, finished_by, frozen_at
      FROM red_packet WHERE packet_id = #{packetId} FOR UPDATE
      """)
  @Nullable PacketRow lock(@Param("packetId") long packetId);

  @Select(
      """
      SELECT packet_id, request_hash
      FROM red_packet
      WHERE sender_id = #{senderId} AND group_id = #{groupId} AND client_packet_id = #{key}
      """)
  @Nullable KeyRow byKey(
      @Param("senderId") long senderId, @Param("groupId") long groupId, @Param("key") byte[] key);

  @Insert(
      """
      INSERT INTO red_packet (packet_id, sender_id, group_id, client_packet_id, request_hash, kind,
        split, strategy, share_max, recipient_id, greeting, total_amount, share_count, taken, opened,
        settled, opened_amount, refund_amount, best_amount, state, load_epoch, message_id,
        created_at, expire_at)
      VALUES (#{row.packetId}, #{row.senderId}, #{row.groupId}, #{key}, #{hash}, #{row.kind},
        #{row.split}, #{row.strategy}, #{row.shareMax}, #{row.recipientId}, #{row.greeting},
        #{row.totalAmount}, #{row.shareCount}, 0, 0, 0, 0, 0, 0, #{row.state}, 0, #{row.messageId},
        #{row.createdAt}, #{row.expireAt})
      """)
  void insert(@Param("row") PacketRow row, @Param("key") byte[] key, @Param("hash") byte[] hash);

  @Insert(
      """
      INSERT INTO red_packet_share (packet_id, seq, amount)
      VALUES (#{packetId}, #{seq}, #{amount})
      """)
  void insertShare(
      @Param("packetId") long packetId, @Param("seq") int seq, @Param("amount") long amount);

  @Select(
      """
      SELECT amount FROM red_packet_share WHERE packet_id = #{packetId} AND seq = #{seq}
      """)
  long share(@Param("packetId") long packetId, @Param("seq") int seq);

  @Update(
      """
      UPDATE red_packet
      SET taken = #{taken}, opened = #{opened}, settled = #{settled},
        opened_amount = #{openedAmount}, refund_amount = #{refundAmount}, best_user = #{bestUser},
        best_amount = #{bestAmount}, state = #{state}, load_epoch = #{loadEpoch},
        entry_seq = #{entrySeq}, finished_at = #{finishedAt},
        finished_by = #{finishedBy}
      WHERE packet_id = #{packetId}
      """)
  void update(Progress progress);

  /// Gives the client's key free.
  @Update("UPDATE red_packet SET client_packet_id = NULL WHERE packet_id = #{packetId}")
  void forgetKey(@Param("packetId") long packetId);

  /// @param userIds a JSON list
  @Select(
      """
      SELECT r.packet_id, r.user_id, r.seq, r.amount, r.state, r.grabbed_at, r.opened_at,
        r.settled_at
      FROM JSON_TABLE(#{userIds}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS ids
      STRAIGHT_JOIN red_packet_record AS r ON r.packet_id = #{packetId} AND r.user_id = ids.id
      """)
  List<RecordRow> records(@Param("packetId") long packetId, @Param("userIds") String userIds);

  @Insert(
      """
      INSERT INTO red_packet_record (packet_id, user_id, seq, amount, state, grabbed_at, opened_at)
      VALUES (#{packetId}, #{userId}, #{seq}, #{amount}, #{state}, #{grabbedAt}, #{openedAt})
      """)
  void insertRecord(RecordRow row);

  @Update(
      """
      UPDATE red_packet_record
      SET state = 'OPENED', amount = #{amount}, opened_at = #{openedAt}
      WHERE packet_id = #{packetId} AND user_id = #{userId} AND state = 'GRABBED'
      """)
  void open(RecordRow row);

  @Select(
      """
      SELECT packet_id, user_id, seq, amount, state, grabbed_at, opened_at, settled_at
      FROM red_packet_record
      WHERE packet_id = #{packetId} AND state = 'OPENED'
      ORDER BY seq
      """)
  List<RecordRow> unsettled(@Param("packetId") long packetId);

  @Update(
      """
      UPDATE red_packet_record SET state = 'SETTLED', settled_at = #{settledAt}
      WHERE packet_id = #{packetId} AND user_id = #{userId} AND state = 'OPENED'
      """)
  void settle(
      @Param("packetId") long packetId,
      @Param("userId") long userId,
      @Param("settledAt") long settledAt);

  @Update(
      """
      UPDATE red_packet_record SET state = 'LAPSED'
      WHERE packet_id = #{packetId} AND state = 'GRABBED'
      """)
  void lapse(@Param("packetId") long packetId);

  /// What was opened, read under locks: no older snapshot may decide what goes back.
  @Select(
      """
      SELECT COALESCE(SUM(amount), 0) FROM red_packet_record
      WHERE packet_id = #{packetId} AND state IN ('OPENED', 'SETTLED') FOR UPDATE
      """)
  long openedAmount(@Param("packetId") long packetId);

  @Select("SELECT user_id FROM red_packet_record WHERE packet_id = #{packetId}")
  List<Long> takers(@Param("packetId") long packetId);

  /// Packets whose time is over and that still live, the longest overdue first.
  @Select(
      """
      SELECT packet_id FROM red_packet
      WHERE state IN ('PAID', 'ACTIVE', 'EXHAUSTED') AND expire_at <= #{now}
        AND frozen_at IS NULL
      ORDER BY expire_at
      LIMIT #{limit}
      """)
  List<Long> due(@Param("now") long now, @Param("limit") int limit);

  record KeyRow(long packetId, byte[] requestHash) {}

  /// What changes in a packet's row.
  record Progress(
      long packetId,
      int taken,
      int opened,
      int settled,
      long openedAmount,
      long refundAmount,
      @Nullable Long bestUser,
      long bestAmount,
      PacketState state,
      int loadEpoch,
      @Nullable Long entrySeq,
      @Nullable Long finishedAt,
      @Nullable Long finishedBy) {}
}

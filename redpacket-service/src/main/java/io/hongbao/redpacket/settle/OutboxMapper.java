package io.hongbao.redpacket.settle;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/// What is still to be done: put in by the transaction that makes it necessary, taken out by the
/// one that does it. The queue of record; whatever else wakes a worker is only a bell.
public interface OutboxMapper {

  /// Puts a task in; one that is there already is due anew.
  @Insert(
      """
      INSERT INTO outbox (packet_id, topic, state, attempts, next_at)
      VALUES (#{packetId}, #{topic}, 'PENDING', 0, #{nextAt})
      ON DUPLICATE KEY UPDATE state = 'PENDING', attempts = 0, next_at = VALUES(next_at)
      """)
  void put(
      @Param("packetId") long packetId, @Param("topic") Topic topic, @Param("nextAt") long nextAt);

  @Delete("DELETE FROM outbox WHERE packet_id = #{packetId} AND topic = #{topic}")
  void done(@Param("packetId") long packetId, @Param("topic") Topic topic);

  /// What waits for a packet, the dead left out.
  @Select(
      """
      SELECT topic FROM outbox WHERE packet_id = #{packetId} AND state = 'PENDING'
      """)
  List<Topic> pending(@Param("packetId") long packetId);

  /// Packets with something due, the longest due first.
  @Select(
      """
      SELECT packet_id FROM outbox
      WHERE state = 'PENDING' AND next_at <= #{now}
      ORDER BY next_at
      LIMIT #{limit}
      """)
  List<Long> due(@Param("now") long now, @Param("limit") int limit);

  /// Puts a task off after a failure: one second, two, four, …; after the last attempt it is dead.
  /// MySQL evaluates from left to right.
  @Update(
      """
      UPDATE outbox
      SET state = CASE WHEN attempts >= #{attemptsMax} THEN 'DEAD' ELSE state END,
        next_at = #{now} + 1000 * POW(2, attempts), attempts = attempts + 1
      WHERE packet_id = #{packetId} AND topic = #{topic} AND state = 'PENDING'
      """)
  void failed(
      @Param("packetId") long packetId,
      @Param("topic") Topic topic,
      @Param("attemptsMax") int attemptsMax,
      @Param("now") long now);
}

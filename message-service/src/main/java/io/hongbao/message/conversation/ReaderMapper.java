package io.hongbao.message.conversation;

import java.util.List;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/// Reads of who has read an entry.
interface ReaderMapper {

  /// Whose entry it is, or null where there is no such entry.
  @Select("SELECT sender_id FROM message WHERE group_id = #{groupId} AND seq = #{seq}")
  @Nullable Long sender(long groupId, long seq);

  /// The members who joined by the entry `joinedBy`, without the sender, ascending by user id. Who
  /// wrote an entry has read up to it; that is looked up where the read mark is not enough.
  @Select(
      """
      SELECT m.user_id,
        COALESCE(s.read_seq, 0) >= #{seq}
        OR COALESCE((
          SELECT o.seq FROM message o
          WHERE o.group_id = m.group_id AND o.sender_id = m.user_id AND o.countable = 1
          ORDER BY o.group_id DESC, o.sender_id DESC, o.countable DESC, o.seq DESC LIMIT 1), 0)
          >= #{seq} AS has_read
      FROM group_member m
      LEFT JOIN message_state s ON s.group_id = m.group_id AND s.user_id = m.user_id
      WHERE m.group_id = #{groupId} AND m.user_id <> #{senderId} AND m.join_seq <= #{joinedBy}
      ORDER BY m.user_id
      """)
  List<Reader> readers(long groupId, long seq, long senderId, long joinedBy);

  record Reader(long userId, boolean hasRead) {}
}

package io.hongbao.message.group;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// Groups and their members. Lists of ids go in as JSON arrays, so that every statement is one and
/// the same whatever their length.
public interface GroupMapper {

  @Select(
      """
      SELECT g.group_id, g.name, g.announcement, g.avatar_media_id, g.owner_id, g.member_count,
        g.max_members, g.join_policy, g.invite_policy, g.post_policy, g.history_policy, g.version, g.last_seq,
        g.counted, g.last_counted_seq, g.last_message_seq, g.last_activity_at, g.created_at,
        g.dissolved_at, g.slow_mode_ms, g.join_question, g.previous_owner_id, g.waiting, g.pins
      FROM JSON_TABLE(#{groupIds}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS ids
      STRAIGHT_JOIN chat_group AS g ON g.group_id = ids.id
      """)
  List<GroupRow> groups(@Param("groupIds") String groupIds);

  /// One of them, its row locked until the transaction ends. One by one, in id order: MySQL 8.0
  /// refuses a prepared `FOR UPDATE` over a JSON_TABLE when it runs again.
  @Select(
      """
      SELECT group_id, name, announcement, avatar_media_id, owner_id, member_count, max_members,
        join_policy, invite_policy, post_policy, history_policy, version, last_seq, counted, last_counted_seq,
        last_message_seq, last_activity_at, created_at, dissolved_at, slow_mode_ms, join_question,
        previous_owner_id, waiting, pins
      FROM chat_group
      WHERE group_id = #{groupId}
      FOR UPDATE
      """)
  @Nullable GroupRow lockGroup(long groupId);

  @Select(
      """
      SELECT g.group_id, g.version
      FROM JSON_TABLE(#{groupIds}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS ids
      STRAIGHT_JOIN chat_group AS g ON g.group_id = ids.id
      """)
  List<GroupVersion> versions(@Param("groupIds") String groupIds);

  @Select(
      """
      SELECT group_id, name, announcement, avatar_media_id, owner_id, member_count, max_members,
        join_policy, invite_policy, post_policy, history_policy, version, last_seq, counted, last_counted_seq,
        last_message_seq, last_activity_at, created_at, dissolved_at, slow_mode_ms, join_question,
        previous_owner_id, waiting, pins
      FROM chat_group
      WHERE group_id = #{groupId}
      """)
  @Nullable GroupRow group(@Param("groupId") long groupId);

  @Insert(
      """
      INSERT INTO chat_group (group_id, name, announcement, owner_id, member_count, max_members,
        join_policy, invite_policy, post_policy, history_policy, version, last_seq, counted,
        last_counted_seq, last_message_seq, last_activity_at, created_at)
      VALUES (#{groupId}, #{name}, #{announcement}, #{ownerId}, #{memberCount}, #{maxMembers},
        #{joinPolicy}, #{invitePolicy}, #{postPolicy}, #{historyPolicy}, #{version}, #{lastSeq},
        #{counted}, #{lastCountedSeq}, #{lastMessageSeq}, #{lastActivityAt}, #{createdAt})
      """)
  void insertGroup(GroupRow row);

  /// Moves the heads of groups' logs, and locks the rows in the order of the list. Changes the rows
  /// whose version is the one before that given; where others are, somebody else has moved them.
  /// The index is forced, since MariaDB reads a small table whole, in an order of its own.
  ///
  /// @param heads a JSON list of what [GroupRow#head] makes
  @Update(
      """
      UPDATE JSON_TABLE(#{heads}, '$[*]' COLUMNS (
        group_id BIGINT PATH '$[0]', version BIGINT PATH '$[1]', last_seq BIGINT PATH '$[2]',
        counted BIGINT PATH '$[3]', last_counted_seq BIGINT PATH '$[4]',
        last_message_seq BIGINT PATH '$[5]', last_activity_at BIGINT PATH '$[6]',
        member_count INT PATH '$[7]')) AS h
      STRAIGHT_JOIN chat_group AS g FORCE INDEX (PRIMARY)
        ON g.group_id = h.group_id AND g.version = h.version - 1
      SET g.version = h.version, g.last_seq = h.last_seq, g.counted = h.counted,
        g.last_counted_seq = h.last_counted_seq, g.last_message_seq = h.last_message_seq,
        g.last_activity_at = h.last_activity_at, g.member_count = h.member_count
      """)
  void moveHeads(@Param("heads") String heads);

  /// What of the row [#moveHeads] leaves as it is, under the lock that it took.
  @Update(
      """
      UPDATE chat_group
      SET name = #{name}, announcement = #{announcement},
        avatar_media_id = #{avatarMediaId}, owner_id = #{ownerId},
        join_policy = #{joinPolicy}, invite_policy = #{invitePolicy},
        post_policy = #{postPolicy}, history_policy = #{historyPolicy},
        slow_mode_ms = #{slowModeMs}, join_question = #{joinQuestion},
        previous_owner_id = #{previousOwnerId}, waiting = #{waiting}, pins = #{pins},
        dissolved_at = #{dissolvedAt}
      WHERE group_id = #{groupId}
      """)
  void saveSettings(GroupRow row);

  /// The members of several groups, in no order.
  @Select(
      """
      SELECT m.group_id, m.user_id, m.role, m.join_seq, m.joined_at, m.muted_until, m.nickname
      FROM JSON_TABLE(#{groupIds}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS ids
      STRAIGHT_JOIN group_member AS m ON m.group_id = ids.id
      """)
  List<MemberRow> members(@Param("groupIds") String groupIds);

  @Select(
      """
      SELECT user_id, role, join_seq, joined_at, muted_until, nickname
      FROM group_member
      WHERE group_id = #{groupId} AND user_id = #{userId}
      """)
  @Nullable Membership member(@Param("groupId") long groupId, @Param("userId") long userId);

  @Select(
      """
      SELECT user_id, role, join_seq, joined_at, muted_until, nickname
      FROM group_member
      WHERE group_id = #{groupId} AND user_id > #{afterUserId}
      ORDER BY user_id
      LIMIT #{limit}
      """)
  List<Membership> memberPage(
      @Param("groupId") long groupId,
      @Param("afterUserId") long afterUserId,
      @Param("limit") int limit);

  @Insert(
      """
      INSERT INTO group_member (group_id, user_id, role, join_seq, joined_at, muted_until, nickname)
      VALUES (#{groupId}, #{member.userId}, #{member.role}, #{member.joinSeq},
        #{member.joinedAt}, #{member.mutedUntil}, #{member.nickname})
      ON DUPLICATE KEY UPDATE role = VALUES(role), join_seq = VALUES(join_seq),
        joined_at = VALUES(joined_at), muted_until = VALUES(muted_until),
        nickname = VALUES(nickname)
      """)
  void saveMember(@Param("groupId") long groupId, @Param("member") Membership member);

  @Delete("DELETE FROM group_member WHERE group_id = #{groupId} AND user_id = #{userId}")
  void deleteMember(@Param("groupId") long groupId, @Param("userId") long userId);

  @Insert(
      """
      INSERT INTO former_member (group_id, user_id, left_seq, removed_by, muted_until)
      VALUES (#{groupId}, #{member.userId}, #{leftSeq}, #{member.removedBy}, #{member.mutedUntil})
      ON DUPLICATE KEY UPDATE left_seq = VALUES(left_seq), removed_by = VALUES(removed_by),
        muted_until = VALUES(muted_until)
      """)
  void saveFormerMember(
      @Param("groupId") long groupId,
      @Param("member") FormerMember member,
      @Param("leftSeq") long leftSeq);

  /// Which of the users were members once.
  @Select(
      """
      SELECT f.user_id, f.removed_by, f.muted_until
      FROM JSON_TABLE(#{userIds}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS ids
      STRAIGHT_JOIN former_member AS f ON f.group_id = #{groupId} AND f.user_id = ids.id
      """)
  List<FormerMember> formerMembers(
      @Param("groupId") long groupId, @Param("userIds") String userIds);

  /// Which of the ids are users.
  @Select(
      """
      SELECT u.user_id
      FROM JSON_TABLE(#{userIds}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS ids
      STRAIGHT_JOIN user AS u ON u.user_id = ids.id
      """)
  List<Long> users(@Param("userIds") String userIds);

  @Select(
      """
      SELECT u.user_id, u.nickname
      FROM JSON_TABLE(#{userIds}, '$[*]' COLUMNS (id BIGINT PATH '$')) AS ids
      STRAIGHT_JOIN user AS u ON u.user_id = ids.id
      """)
  List<Nickname> nicknames(@Param("userIds") String userIds);

  record GroupVersion(long groupId, long version) {}

  record Nickname(long userId, String nickname) {}

  record MemberRow(
      long groupId,
      long userId,
      Role role,
      long joinSeq,
      long joinedAt,
      long mutedUntil,
      @Nullable String nickname) {

    public Membership membership() {
      return new Membership(userId, role, joinSeq, joinedAt, mutedUntil, nickname);
    }
  }
}

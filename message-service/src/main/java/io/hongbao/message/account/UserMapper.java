package io.hongbao.message.account;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The statements on `user`.
interface UserMapper {

  @Insert(
      """
      INSERT INTO user (user_id, username, nickname, password_hash, created_at)
      VALUES (#{userId}, #{username}, #{nickname}, #{passwordHash}, #{createdAt})
      """)
  void insert(long userId, String username, String nickname, String passwordHash, long createdAt);

  @Select(
      """
      SELECT user_id, password_hash, disabled_at
      FROM user
      WHERE username = #{username}
      """)
  @Nullable Account account(String username);

  @Update(
      """
      UPDATE user
      SET password_hash = #{newHash}
      WHERE user_id = #{userId} AND password_hash = #{oldHash}
      """)
  int replaceHash(long userId, String oldHash, String newHash);

  @Select(
      """
      SELECT user_id, username, nickname, avatar_media_id, disabled_at
      FROM user
      WHERE user_id = #{userId}
      """)
  @Nullable Profile profile(long userId);

  @Select(
      """
      SELECT user_id, username, nickname, avatar_media_id
      FROM user
      WHERE username = #{username}
      """)
  @Nullable User find(String username);

  /// The users that there are, in the order of the list.
  ///
  /// @param userIds a JSON list
  @Select(
      """
      SELECT u.user_id, u.username, u.nickname, u.avatar_media_id
      FROM JSON_TABLE(#{userIds}, '$[*]' COLUMNS (position FOR ORDINALITY, user_id BIGINT PATH '$')) asked
      JOIN user u ON u.user_id = asked.user_id
      ORDER BY asked.position
      """)
  List<User> users(String userIds);

  /// What is null stays as it is.
  @Update(
      """
      UPDATE user
      SET nickname = COALESCE(#{nickname}, nickname),
        avatar_media_id = COALESCE(#{avatarMediaId}, avatar_media_id)
      WHERE user_id = #{userId}
      """)
  void update(long userId, @Nullable String nickname, @Nullable Long avatarMediaId);
}

package io.hongbao.message.group;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/// What clients' own keys of things they make led to.
public interface ClientKeyMapper {

  /// Keeps the first one for good: a later one changes nothing.
  @Insert(
      """
      INSERT INTO client_key (user_id, kind, client_key, digest, result_id, created_at)
      VALUES (#{userId}, #{kind}, #{key}, #{digest}, #{resultId}, #{createdAt})
      ON DUPLICATE KEY UPDATE user_id = user_id
      """)
  void reserve(
      @Param("userId") long userId,
      @Param("kind") String kind,
      @Param("key") byte[] key,
      @Param("digest") long digest,
      @Param("resultId") long resultId,
      @Param("createdAt") long createdAt);

  @Select(
      """
      SELECT digest, result_id
      FROM client_key
      WHERE user_id = #{userId} AND kind = #{kind} AND client_key = #{key}
      """)
  Reserved reserved(
      @Param("userId") long userId, @Param("kind") String kind, @Param("key") byte[] key);

  record Reserved(long digest, long resultId) {}
}

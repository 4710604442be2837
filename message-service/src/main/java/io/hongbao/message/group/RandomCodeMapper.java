package io.hongbao.message.group;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/// The codes of groups that were made face to face.
public interface RandomCodeMapper {

  @Insert(
      """
      INSERT INTO random_code (group_id, code, place, created_by, created_at)
      VALUES (#{groupId}, #{code}, #{place}, #{createdBy}, #{createdAt})
      """)
  void insert(RandomCode code);

  /// The code of a group, or null where it was made otherwise.
  @Select(
      """
      SELECT group_id, code, place, created_by, created_at
      FROM random_code
      WHERE group_id = #{groupId}
      """)
  @Nullable RandomCode code(@Param("groupId") long groupId);
}

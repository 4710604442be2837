package io.hongbao.message.id;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/// The statements on `reserved_id`.
interface ReservedIdMapper {

  @Select("SELECT reserved_to FROM reserved_id WHERE node = #{node}")
  @Nullable Long reservedTo(int node);

  @Insert(
      """
      INSERT INTO reserved_id (node, reserved_to)
      VALUES (#{node}, #{reservedTo})
      ON DUPLICATE KEY UPDATE reserved_to = GREATEST(reserved_to, #{reservedTo})
      """)
  int reserve(@Param("node") int node, @Param("reservedTo") long reservedTo);
}

package io.hongbao.common.id;

import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The statements on `node_lease`. Its dates go by the database's clock.
interface NodeLeaseMapper {

  /// @param reservedTo `beginMs` and the length of a reservation later
  record Taken(int node, long reservedTo) {}

  /// Takes the smallest of the numbers `first` to `last` whose reservation is over. Ids begin now,
  /// or at `beginMs` where that is later.
  @Update(
      """
      UPDATE node_lease
      SET holder = #{holder},
          reserved_to =
            GREATEST(CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED), #{beginMs}) + #{aheadMs}
      WHERE node BETWEEN #{first} AND #{last}
        AND reserved_to <= CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)
      ORDER BY node
      LIMIT 1
      """)
  int take(
      @Param("holder") long holder,
      @Param("first") int first,
      @Param("last") int last,
      @Param("beginMs") long beginMs,
      @Param("aheadMs") long aheadMs);

  @Select("SELECT node, reserved_to FROM node_lease WHERE holder = #{holder}")
  @Nullable Taken taken(long holder);

  /// Reserves up to `reservedTo` at least, and so far that nobody takes the number meanwhile.
  /// Changes no row where another holder has it.
  @Update(
      """
      UPDATE node_lease
      SET reserved_to =
            GREATEST(
              reserved_to,
              #{reservedTo},
              CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED) + #{aheadMs})
      WHERE node = #{node} AND holder = #{holder}
      """)
  int renew(
      @Param("node") int node,
      @Param("holder") long holder,
      @Param("reservedTo") long reservedTo,
      @Param("aheadMs") long aheadMs);
}

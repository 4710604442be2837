package io.hongbao.message.group;

import io.hongbao.common.contract.Memberships.Membership;
import java.util.List;
import org.apache.ibatis.annotations.Select;

/// Which groups a user is in.
interface UserGroupsMapper {

  @Select(
      """
      SELECT m.group_id, g.last_seq
      FROM group_member m
      JOIN chat_group g ON g.group_id = m.group_id
      WHERE m.user_id = #{userId} AND g.dissolved_at IS NULL
      """)
  List<Membership> groupsOf(long userId);
}

package io.hongbao.message.face;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.id.Ids;
import io.hongbao.message.account.User;
import io.hongbao.message.account.Users;
import io.hongbao.message.group.GroupCommand;
import io.hongbao.message.group.Origin;
import io.hongbao.message.log.Lanes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes groups of rooms. One command of the group's lane makes the group, its row of `random_code`
/// and its first member, or adds a member: so there is one group of a room, whoever asks, how
/// often, and whatever is killed in between.
final class Meetings {

  private final Users users;
  private final Lanes lanes;
  private final Ids ids;
  private final int membersMax;

  /// @param membersMax members that a new group may have
  Meetings(Users users, Lanes lanes, Ids ids, int membersMax) {
    this.users = users;
    this.lanes = lanes;
    this.ids = ids;
    this.membersMax = membersMax;
  }

  /// Makes the user a member of the room's group, and the group where it is not made yet. Waits for
  /// the commit.
  ///
  /// @param district where the group is made, if anybody said so
  Reply meet(Room room, long userId, @Nullable String district) {
    List<Long> first = room.waiting().stream().limit(GroupName.NICKNAMES_MAX + 1L).toList();
    List<User> named = users.of(first);
    if (named.isEmpty()) {
      return Reply.refused(ErrorCode.CODE_EXPIRED, "nobody waits with this code");
    }
    var origin = new Origin(room.key().roomId(), userId, ids.next());
    return lanes
        .submit(
            new GroupCommand.Meet(
                origin, GroupName.of(named), membersMax, room.key().code(), district))
        .toCompletableFuture()
        .join();
  }
}

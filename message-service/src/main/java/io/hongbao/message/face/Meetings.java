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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

  /// Makes the group of a room, with the user in it; where others have made it meanwhile, they join
  /// it. Blocks until it is in the group's lane; the stage completes with the commit.
  ///
  /// @param district where the group is made, if anybody said so
  CompletionStage<Reply> make(Room room, long userId, @Nullable String district) {
    List<Long> first = room.waiting().stream().limit(GroupName.NICKNAMES_MAX + 1L).toList();
    List<User> named = users.of(first);
    return named.isEmpty()
        ? CompletableFuture.completedFuture(
            Reply.refused(ErrorCode.CODE_EXPIRED, "nobody waits with this code"))
        : meet(room, userId, GroupName.of(named), district);
  }

  /// The same where the group is known to be made, and so has its name.
  CompletionStage<Reply> join(Room room, long userId) {
    return meet(room, userId, room.key().code(), null);
  }

  private CompletionStage<Reply> meet(
      Room room, long userId, String name, @Nullable String district) {
    var origin = new Origin(room.key().roomId(), userId, ids.next());
    return lanes.submit(
        new GroupCommand.Meet(origin, name, membersMax, room.key().code(), district));
  }
}

package io.hongbao.message.group;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Transaction;
import io.hongbao.message.group.GroupMapper.Nickname;
import io.hongbao.message.log.JsonLists;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads groups and their members. Blocks: for [io.hongbao.common.sql.Queries].
final class GroupReads {

  private final Database database;
  private final Clock clock;

  GroupReads(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  Reply get(long userId, GroupRequest.Get get) {
    return database.transact(
        tx -> {
          GroupMapper groups = tx.mapper(GroupMapper.class);
          GroupRow group = groups.group(get.groupId());
          if (group == null) {
            return Reply.refused(Refusals.NO_SUCH_GROUP);
          }
          if (group.joinPolicy() == Rules.JoinPolicy.INVITE_ONLY
              && groups.member(get.groupId(), userId) == null) {
            return Reply.refused(Refusals.NOT_A_MEMBER);
          }
          return Reply.of(new Answer.TheGroup(group.group()));
        });
  }

  /// For who has a code of the group.
  Reply get(long userId, long groupId, String code) {
    return database.transact(
        tx -> {
          GroupRow group = tx.mapper(GroupMapper.class).group(groupId);
          InviteCode found = tx.mapper(InviteCodeMapper.class).code(groupId, code);
          if (group == null || found == null) {
            return Reply.refused(Refusals.NO_SUCH_CODE);
          }
          Refusal refusal = shut(tx, userId, group, found);
          return refusal == null
              ? Reply.of(new Answer.TheGroup(group.group()))
              : Reply.refused(refusal);
        });
  }

  /// Why the code does not let the user see the group, or null.
  private @Nullable Refusal shut(Transaction tx, long userId, GroupRow group, InviteCode code) {
    if (tx.mapper(GroupMapper.class).member(group.groupId(), userId) != null) {
      return null;
    }
    if (group.dissolvedAt() != null) {
      return Refusals.DISSOLVED;
    }
    String ids = JsonLists.ids(List.of(userId));
    if (!tx.mapper(AdminMapper.class).banned(group.groupId(), ids).isEmpty()) {
      return Refusals.BANNED;
    }
    return code.isValidAt(clock.millis()) ? null : Refusals.CODE_OVER;
  }

  Reply members(long userId, GroupRequest.Members page) {
    return database.transact(
        tx -> {
          GroupMapper groups = tx.mapper(GroupMapper.class);
          if (groups.group(page.groupId()) == null) {
            return Reply.refused(Refusals.NO_SUCH_GROUP);
          }
          if (groups.member(page.groupId(), userId) == null) {
            return Reply.refused(Refusals.NOT_A_MEMBER);
          }
          List<Membership> members =
              groups.memberPage(page.groupId(), page.afterUserId(), page.limit() + 1);
          return Reply.of(page(members, page.limit(), groups));
        });
  }

  private MembersPage page(List<Membership> oneMore, int limit, GroupMapper groups) {
    List<Membership> page = oneMore.subList(0, Math.min(limit, oneMore.size()));
    String userIds = JsonLists.ids(page.stream().map(Membership::userId).toList());
    Map<Long, String> nicknames =
        groups.nicknames(userIds).stream()
            .collect(Collectors.toMap(Nickname::userId, Nickname::nickname));
    long now = clock.millis();
    return new MembersPage(
        page.stream()
            .map(member -> Member.of(member, nicknames.getOrDefault(member.userId(), ""), now))
            .toList(),
        oneMore.size() > limit ? Long.toString(page.getLast().userId()) : null);
  }

  record MembersPage(List<Member> members, @Nullable String nextCursor) {}
}

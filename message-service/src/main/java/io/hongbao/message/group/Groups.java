package io.hongbao.message.group;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.id.Ids;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.message.log.Lanes;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Answers requests about groups: changes in the group's lane, reads behind the changes that were
/// asked for before them.
public final class Groups {

  private final Lanes lanes;
  private final Queries queries;
  private final Ids ids;
  private final int membersMax;
  private final GroupReads reads;
  private final GroupKeys keys;
  private final SecureRandom random = new SecureRandom();

  /// @param membersMax members that a new group may have
  public Groups(
      Lanes lanes, Queries queries, Database database, Ids ids, Clock clock, int membersMax) {
    this.lanes = lanes;
    this.queries = queries;
    this.ids = ids;
    this.membersMax = membersMax;
    this.reads = new GroupReads(database, clock);
    this.keys = new GroupKeys(database, clock);
  }

  /// Hands the request over at once; the stage never fails.
  public CompletionStage<Reply> handle(Caller caller, GroupRequest request) {
    long userId = caller.userId();
    return switch (request) {
      case GroupRequest.Create create -> create(userId, create);
      case GroupRequest.Get get -> read("group.get", get.groupId(), () -> reads.get(userId, get));
      case GroupRequest.GetByCode(String code) ->
          byCode(
              code, groupId -> read("group.get", groupId, () -> reads.get(userId, groupId, code)));
      case GroupRequest.Members members ->
          read("group.members", members.groupId(), () -> reads.members(userId, members));
      case GroupRequest.Invite(long groupId, var userIds) ->
          lanes.submit(
              new GroupCommand.Invite(origin(groupId, userId), userIds, requestIds(userIds)));
      case GroupRequest.MakeCode(long groupId, var validMs, boolean revoke) ->
          lanes.submit(
              new GroupCommand.MakeCode(
                  origin(groupId, userId), validMs, revoke, InviteCode.random(groupId, random)));
      case GroupRequest.JoinById(long groupId, var message) ->
          lanes.submit(new GroupCommand.JoinById(origin(groupId, userId), message));
      case GroupRequest.JoinByCode(String code, var message) ->
          byCode(
              code,
              groupId ->
                  lanes.submit(
                      new GroupCommand.JoinByCode(origin(groupId, userId), code, message)));
      case GroupRequest.Leave(long groupId) ->
          lanes.submit(new GroupCommand.Leave(origin(groupId, userId)));
    };
  }

  private CompletionStage<Reply> create(long userId, GroupRequest.Create create) {
    CompletionStage<Outcome<Long>> reserved =
        queries.call(
            "group.create",
            () -> queries.turn(() -> keys.reserve(userId, create, ids.next())),
            Outcome::refused);
    return reserved.thenCompose(
        outcome ->
            switch (outcome) {
              case Outcome.Refused<Long>(var refusal) ->
                  CompletableFuture.completedFuture(Reply.refused(refusal));
              case Outcome.Done<Long>(Long groupId) ->
                  lanes.submit(
                      new GroupCommand.Create(
                          origin(groupId, userId),
                          create.name(),
                          create.memberIds(),
                          membersMax,
                          ids.next()));
            });
  }

  private Map<Long, Long> requestIds(List<Long> userIds) {
    return userIds.stream().collect(Collectors.toMap(Function.identity(), _ -> ids.next()));
  }

  private static CompletionStage<Reply> byCode(
      String code, LongFunction<CompletionStage<Reply>> ask) {
    Long groupId = InviteCode.groupIdOf(code);
    return groupId == null
        ? CompletableFuture.completedFuture(Reply.refused(Refusals.NO_SUCH_CODE))
        : ask.apply(groupId);
  }

  private CompletionStage<Reply> read(String op, long groupId, Supplier<Reply> read) {
    return lanes.settled(groupId).thenCompose(_ -> queries.reply(op, read));
  }

  private Origin origin(long groupId, long userId) {
    return new Origin(groupId, userId, ids.next());
  }
}

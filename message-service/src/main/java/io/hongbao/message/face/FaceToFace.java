package io.hongbao.message.face;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Queries;
import io.hongbao.message.MessageConfig;
import io.hongbao.message.Turns;
import io.hongbao.message.account.AccountHandlers;
import io.hongbao.message.account.Limits;
import io.hongbao.message.account.User;
import io.hongbao.message.account.Users;
import io.hongbao.message.face.Rooms.Entrance;
import io.hongbao.message.log.Lanes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers requests face to face. What a user asks takes effect in the order asked.
public final class FaceToFace {

  private final Rooms rooms;
  private final Users users;
  private final Meetings meetings;
  private final RoomEvents events;
  private final Limits limits;
  private final Queries queries;
  private final Turns<Long> turns = new Turns<>();

  FaceToFace(
      Rooms rooms,
      Users users,
      Meetings meetings,
      RoomEvents events,
      Limits limits,
      Queries queries) {
    this.rooms = rooms;
    this.users = users;
    this.meetings = meetings;
    this.events = events;
    this.limits = limits;
    this.queries = queries;
  }

  public static FaceToFace of(
      MessageConfig config,
      Redis redis,
      Push push,
      Lanes lanes,
      AccountHandlers accounts,
      Queries queries,
      Ids ids,
      Clock clock) {
    var rooms = new Rooms(redis, ids, clock, config.faceTtl());
    Users users = accounts.users();
    return new FaceToFace(
        rooms,
        users,
        new Meetings(users, lanes, ids, config.groupMembersMax()),
        new RoomEvents(rooms, users, push, queries, clock),
        accounts.limits(),
        queries);
  }

  /// The reply to `face.enter`.
  private record Waiting(String code, List<User> waiting, @Nullable Long groupId, long expiresAt) {}

  /// Returns at once. The outer stage completes once what the caller asks next takes effect after
  /// this, the inner one with the answer: a confirmation is in its group's lane by then.
  public CompletionStage<CompletionStage<Reply>> handle(Caller caller, FaceRequest request) {
    return switch (request) {
      case FaceRequest.Enter enter -> inTurn(caller, "face.enter", () -> enter(caller, enter));
      case FaceRequest.Confirm(String code) ->
          turns.next(caller.userId(), () -> confirm(caller.userId(), code));
      case FaceRequest.Leave(String code) ->
          inTurn(caller, "face.leave", () -> leave(caller.userId(), code));
    };
  }

  private CompletionStage<CompletionStage<Reply>> inTurn(
      Caller caller, String op, Supplier<Reply> work) {
    return CompletableFuture.completedFuture(
        turns.next(caller.userId(), () -> queries.call(op, work, Reply::refused)));
  }

  private Reply enter(Caller caller, FaceRequest.Enter request) {
    long waitMs = limits.enter(caller.userId(), caller.address());
    if (waitMs > 0) {
      return Reply.refused(
          Refusal.retryAfter(ErrorCode.RATE_LIMITED, "too many codes entered", waitMs));
    }
    Entrance entrance = rooms.enter(caller.userId(), request);
    entrance.left().forEach(events::changed);
    return switch (entrance.result()) {
      case FULL -> Reply.refused(ErrorCode.GROUP_FULL, "too many people wait with this code");
      case ENTERED -> {
        events.changed(entrance.found().room());
        yield waiting(entrance);
      }
      case WAITING, OVERTAKEN -> waiting(entrance);
    };
  }

  private Reply waiting(Entrance entrance) {
    Room room = entrance.room();
    return Reply.of(
        new Waiting(
            entrance.found().room().code(),
            room == null ? List.of() : users.of(room.waiting()),
            room == null ? null : room.groupId(),
            entrance.found().overAt()));
  }

  private CompletionStage<CompletionStage<Reply>> confirm(long userId, String code) {
    return queries.call(
        "face.confirm",
        () -> meet(userId, code),
        refusal -> CompletableFuture.completedFuture(Reply.refused(refusal)));
  }

  private CompletionStage<Reply> meet(long userId, String code) {
    Room room = rooms.waiting(userId, code);
    if (room == null) {
      return CompletableFuture.completedFuture(
          Reply.refused(ErrorCode.CODE_EXPIRED, "you do not wait with this code, or no longer"));
    }
    if (room.hasGroup()) {
      return meetings.join(room, userId);
    }
    return meetings
        .make(room, userId, rooms.district(room.key()))
        .thenCompose(
            reply ->
                reply instanceof Reply.Success
                    ? groupMade(room.key(), reply)
                    : CompletableFuture.completedFuture(reply));
  }

  /// The group is made, whatever becomes of the room: should this fail, the next who confirms does
  /// it.
  private CompletionStage<Reply> groupMade(RoomKey room, Reply reply) {
    return queries.call(
        "face.confirm",
        () -> {
          rooms.groupMade(room);
          events.changed(room);
          return reply;
        },
        _ -> reply);
  }

  private Reply leave(long userId, String code) {
    rooms.leave(userId, code).forEach(events::changed);
    return Reply.of(Map.of());
  }
}

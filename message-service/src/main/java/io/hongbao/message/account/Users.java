package io.hongbao.message.account;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.contract.MediaLibrary.Kind;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.Transaction;
import io.hongbao.message.account.UserRequest.FindUser;
import io.hongbao.message.account.UserRequest.GetUsers;
import io.hongbao.message.account.UserRequest.UpdateUser;
import io.hongbao.message.log.JsonLists;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Users as others see them.
public final class Users {

  private final UserStore store;
  private final Profiles profiles;
  private final MediaLibrary library;
  private final Queries queries;

  private record UserList(List<User> users) {}

  private record OneUser(User user) {}

  Users(UserStore store, Profiles profiles, MediaLibrary library, Queries queries) {
    this.store = store;
    this.profiles = profiles;
    this.library = library;
    this.queries = queries;
  }

  /// Answers a caller who is logged in. Returns at once.
  public CompletionStage<Reply> handle(Caller caller, UserRequest request) {
    return switch (request) {
      case GetUsers(var userIds) ->
          queries.reply("user.get", () -> Reply.of(new UserList(store.users(userIds))));
      case FindUser(var username) -> queries.reply("user.find", () -> find(username));
      case UpdateUser update ->
          queries.call("user.update", () -> update(caller.userId(), update), Reply::refused);
    };
  }

  /// The users there are among these ids, in their order. Blocks; takes a turn at the database.
  public List<User> of(List<Long> userIds) {
    return userIds.isEmpty() ? List.of() : queries.turn(() -> store.users(userIds));
  }

  /// The same in the caller's transaction.
  public static List<User> of(Transaction transaction, List<Long> userIds) {
    return userIds.isEmpty()
        ? List.of()
        : transaction.mapper(UserMapper.class).users(JsonLists.ids(userIds));
  }

  private Reply find(String username) {
    User user = AccountFields.isUsername(username) ? store.find(username) : null;
    return user == null
        ? Reply.refused(ErrorCode.NOT_FOUND, "nobody has this username")
        : Reply.of(new OneUser(user));
  }

  private Reply update(long userId, UpdateUser update) {
    Long avatarMediaId = update.avatarMediaId();
    if (avatarMediaId != null
        && library.uploadedBy(userId, avatarMediaId, Kind.AVATAR).toCompletableFuture().join()
            instanceof Refused(var refusal)) {
      return Reply.refused(refusal);
    }
    User user = queries.turn(() -> store.update(userId, update.nickname(), avatarMediaId));
    profiles.forget(userId);
    return Reply.of(new OneUser(user));
  }
}

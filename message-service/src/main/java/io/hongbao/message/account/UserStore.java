package io.hongbao.message.account;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.id.Ids;
import io.hongbao.common.sql.Database;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;

/// The `user` table. Every method is one transaction and blocks.
final class UserStore {

  /// MySQL's and MariaDB's ER_DUP_ENTRY.
  private static final int DUPLICATE_ENTRY = 1062;

  private final Database database;
  private final Ids ids;
  private final Clock clock;

  UserStore(Database database, Ids ids, Clock clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
  }

  /// Makes a user and returns the id. The unique key decides who gets a name: `username_taken`.
  Outcome<Long> create(String username, String nickname, String passwordHash) {
    long userId = ids.next();
    try {
      return database.transact(
          tx -> {
            tx.mapper(UserMapper.class)
                .insert(userId, username, nickname, passwordHash, clock.millis());
            return Outcome.done(userId);
          });
    } catch (PersistenceException e) {
      if (isDuplicate(e) && find(username) != null) {
        return Outcome.refused(ErrorCode.USERNAME_TAKEN, "this username is taken");
      }
      throw e;
    }
  }

  @Nullable Account account(String username) {
    return database.<@Nullable Account>transact(
        tx -> tx.mapper(UserMapper.class).account(username));
  }

  /// Whether the hash still was the old one and now is the new one.
  boolean replaceHash(long userId, String oldHash, String newHash) {
    return database.transact(
        tx -> tx.mapper(UserMapper.class).replaceHash(userId, oldHash, newHash) > 0);
  }

  @Nullable Profile profile(long userId) {
    return database.<@Nullable Profile>transact(tx -> tx.mapper(UserMapper.class).profile(userId));
  }

  @Nullable User find(String username) {
    return database.<@Nullable User>transact(tx -> tx.mapper(UserMapper.class).find(username));
  }

  /// The users there are among these ids, in their order.
  List<User> users(List<Long> userIds) {
    return database.transact(tx -> Users.of(tx, userIds));
  }

  /// The user as changed; what is null stays as it is.
  User update(long userId, @Nullable String nickname, @Nullable Long avatarMediaId) {
    return database.transact(
        tx -> {
          UserMapper users = tx.mapper(UserMapper.class);
          users.update(userId, nickname, avatarMediaId);
          Profile profile = users.profile(userId);
          if (profile == null) {
            throw new IllegalStateException("a session without a user userId=" + userId);
          }
          return profile.user();
        });
  }

  private static boolean isDuplicate(PersistenceException e) {
    return e.getCause() instanceof SQLException cause && cause.getErrorCode() == DUPLICATE_ENTRY;
  }
}

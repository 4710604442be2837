package io.hongbao.message.group;

import io.hongbao.common.contract.Memberships;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The groups that a user's connections listen to, from MySQL.
public final class UserGroups implements Memberships {

  /// The mappers that the database must know.
  public static final List<Class<?>> MAPPERS = List.of(UserGroupsMapper.class);

  private final Database database;
  private final Queries queries;

  public UserGroups(Database database, Queries queries) {
    this.database = database;
    this.queries = queries;
  }

  @Override
  public CompletionStage<List<Membership>> groupsOf(long userId) {
    CompletionStage<Outcome<List<Membership>>> read =
        queries.call(
            "groups", () -> queries.turn(() -> Outcome.done(read(userId))), Outcome::refused);
    return read.thenCompose(
        outcome ->
            switch (outcome) {
              case Done(var groups) -> CompletableFuture.completedFuture(groups);
              case Refused(var refusal) ->
                  CompletableFuture.failedFuture(
                      new IllegalStateException("groups of a user: " + refusal.code()));
            });
  }

  private List<Membership> read(long userId) {
    return database.transact(tx -> tx.mapper(UserGroupsMapper.class).groupsOf(userId));
  }
}

package io.hongbao.message.media;

import io.hongbao.common.contract.SentMedia;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Who may see a medium for having been sent it.
public final class SentMediaReads implements SentMedia {

  public static final List<Class<?>> MAPPERS = List.of(SentMediaMapper.class);

  private final Database database;
  private final Queries queries;

  public SentMediaReads(Database database, Queries queries) {
    this.database = database;
    this.queries = queries;
  }

  @Override
  public CompletionStage<Outcome<Boolean>> isVisibleTo(long userId, long mediaId) {
    return queries.call(
        "media.visible",
        () -> Outcome.done(queries.turn(() -> isVisible(userId, mediaId))),
        Outcome::refused);
  }

  private boolean isVisible(long userId, long mediaId) {
    return database.transact(tx -> tx.mapper(SentMediaMapper.class).isVisible(userId, mediaId));
  }
}

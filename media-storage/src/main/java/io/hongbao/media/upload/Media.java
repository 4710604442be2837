package io.hongbao.media.upload;

import io.hongbao.common.contract.Avatars;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.SentMedia;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.id.Ids;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.media.store.ObjectStore;
import io.hongbao.media.store.StoreAwayException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers what clients and other services ask about media.
public final class Media implements MediaLibrary, Avatars, AutoCloseable {

  public static final List<Class<?>> MAPPERS = List.of(MediaMapper.class);

  private static final Logger log = LoggerFactory.getLogger(Media.class);

  private final Queries queries;
  private final Catalogue catalogue;
  private final Uploads uploads;
  private final Completion completion;
  private final Downloads downloads;
  private final Sweep sweep;

  private Media(
      Queries queries,
      Catalogue catalogue,
      ObjectStore store,
      UploadLimits limits,
      Path folder,
      MeterRegistry meters) {
    this.queries = queries;
    this.catalogue = catalogue;
    this.uploads = new Uploads(catalogue, store, limits);
    this.completion = new Completion(catalogue, store, folder, meters);
    this.downloads = new Downloads(catalogue, store, limits);
    this.sweep = Sweep.start(catalogue, store, meters);
  }

  /// @param transactionsMax at once
  /// @param folder for uploads while they are checked
  public static Media start(
      Database database,
      int transactionsMax,
      ObjectStore store,
      UploadLimits limits,
      Path folder,
      Ids ids,
      Clock clock,
      MeterRegistry meters) {
    var queries = new Queries(transactionsMax);
    queries.watch(meters, "media");
    database.watch(meters, "media");
    var catalogue = new Catalogue(database, queries, ids, clock, limits);
    return new Media(queries, catalogue, store, limits, folder, meters);
  }

  /// Answers a caller who is logged in. Returns at once.
  ///
  /// @param sent where media were sent
  public CompletionStage<Reply> handle(Caller caller, MediaRequest request, SentMedia sent) {
    long userId = caller.userId();
    return switch (request) {
      case MediaRequest.Prepare prepare ->
          reply("media.prepare", () -> uploads.prepare(userId, prepare));
      case MediaRequest.Parts parts -> reply("media.parts", () -> uploads.parts(userId, parts));
      case MediaRequest.Complete(long mediaId) ->
          reply("media.complete", () -> completion.complete(userId, mediaId));
      case MediaRequest.Url(long mediaId) ->
          reply("media.url", () -> downloads.url(userId, mediaId, sent));
    };
  }

  @Override
  public CompletionStage<Outcome<Medium>> uploadedBy(long userId, long mediaId, Kind kind) {
    return queries.call("media.library", () -> medium(userId, mediaId, kind), Outcome::refused);
  }

  private Outcome<Medium> medium(long userId, long mediaId, Kind kind) {
    return switch (catalogue.findOwn(userId, mediaId)) {
      case Done(MediumRow row) when row.isComplete() && row.kind() == kind ->
          Outcome.done(row.medium());
      case Done(_), Refused(_) -> Outcome.refused(Catalogue.NO_SUCH_MEDIUM);
    };
  }

  @Override
  public CompletionStage<Outcome<Place>> placeOf(long mediaId) {
    return call("media.avatar", () -> downloads.avatar(mediaId), Outcome::refused);
  }

  private CompletionStage<Reply> reply(String op, Supplier<Reply> work) {
    return call(op, work, Reply::refused);
  }

  private <T> CompletionStage<T> call(String op, Supplier<T> work, Function<Refusal, T> refused) {
    return queries.call(op, () -> unlessAway(op, work, refused), refused);
  }

  private static <T> T unlessAway(String op, Supplier<T> work, Function<Refusal, T> refused) {
    try {
      return work.get();
    } catch (StoreAwayException | UncheckedIOException e) {
      log.warn("S3 store or disk failed op={} reason={}", op, String.valueOf(e.getCause()));
      return refused.apply(Queries.outage());
    }
  }

  @Override
  public void close() {
    sweep.close();
    queries.close();
  }
}

package io.hongbao.media;

import io.hongbao.common.contract.Avatars;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.contract.SentMedia;
import io.hongbao.common.id.Ids;
import io.hongbao.common.sql.Database;
import io.hongbao.media.check.Workspace;
import io.hongbao.media.store.ObjectStore;
import io.hongbao.media.store.S3Location;
import io.hongbao.media.upload.Media;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Future;

/// The media storage: makes its parts and holds them until it is closed.
public final class MediaService implements AutoCloseable {

  /// What [Database#open] must know.
  public static final List<Class<?>> MAPPERS = Media.MAPPERS;

  /// Where [Database#migrate] finds the tables, and where it keeps account of that.
  public static final String MIGRATIONS = "db/media";

  public static final String MIGRATION_HISTORY = "media_schema_history";

  private final ObjectStore store;
  private final Media media;

  private MediaService(ObjectStore store, Media media) {
    this.store = store;
    this.media = media;
  }

  /// Does not wait for the store: until it is there, what needs it is `unavailable`.
  ///
  /// @param database opened with [#MAPPERS] and migrated, of this service alone
  /// @param folder for uploads while they are checked, of this process alone
  public static MediaService start(
      MediaConfig config,
      Database database,
      Future<S3Location> location,
      Path folder,
      Ids ids,
      Clock clock,
      MeterRegistry meters) {
    try {
      Workspace.clear(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + folder, e);
    }
    var store = new ObjectStore(location);
    return new MediaService(
        store,
        Media.start(
            database,
            config.transactionsMax(),
            store,
            config.limits(),
            folder,
            ids,
            clock,
            meters));
  }

  /// What clients ask.
  ///
  /// @param sent where media were sent: of a service that needs [#library] to start
  public Exchange exchange(SentMedia sent) {
    return new MediaExchange(media, sent);
  }

  public MediaLibrary library() {
    return media;
  }

  public Avatars avatars() {
    return media;
  }

  @Override
  public void close() {
    media.close();
    store.close();
  }
}

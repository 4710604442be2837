package io.hongbao.media.upload;

import io.hongbao.common.contract.MediaLibrary.Kind;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.id.Ids;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.SqlFailure;
import io.hongbao.media.check.Thumbnail;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;

/// The tables of media. Every method is one transaction and blocks until there is a connection.
final class Catalogue {

  static final Refusal NO_SUCH_MEDIUM = Refusal.of(ErrorCode.NOT_FOUND, "there is no such medium");

  /// What a small medium takes of the quota, so that the quota also bounds how many there are.
  static final long CHARGE_BYTES_MIN = 16_384;

  private static final int ATTEMPTS_MAX = 4;

  private final Database database;
  private final Queries queries;
  private final Ids ids;
  private final Clock clock;
  private final UploadLimits limits;

  Catalogue(Database database, Queries queries, Ids ids, Clock clock, UploadLimits limits) {
    this.database = database;
    this.queries = queries;
    this.ids = ids;
    this.clock = clock;
    this.limits = limits;
  }

  @Nullable MediumRow find(long mediaId) {
    return this.<@Nullable MediumRow>transact(mapper -> mapper.medium(mediaId));
  }

  /// What a user announced. Refusals: `not_found`, `forbidden` (another's).
  Outcome<MediumRow> findOwn(long userId, long mediaId) {
    MediumRow row = find(mediaId);
    if (row == null) {
      return Outcome.refused(NO_SUCH_MEDIUM);
    }
    return row.userId() == userId
        ? Outcome.done(row)
        : Outcome.refused(ErrorCode.FORBIDDEN, "somebody else uploads this");
  }

  /// The medium that an announcement is about, new or not. Refusals: `limit_reached`.
  Outcome<MediumRow> announce(long userId, MediaRequest.Prepare asked) {
    String contentKey = asked.contentKey().hex();
    return transact(
        mapper -> {
          MediumRow known = mapper.byContent(userId, contentKey);
          if (known != null) {
            mapper.putOffSweep(known.mediaId(), sweepAt());
            return Outcome.done(known);
          }
          MediumRow announced = announced(userId, asked);
          mapper.openUsage(userId);
          if (mapper.charge(userId, announced.chargedBytes(), limits.quotaBytes()) == 0) {
            return Outcome.refused(ErrorCode.LIMIT_REACHED, "you have stored as much as you may");
          }
          mapper.insert(announced, contentKey, clock.millis());
          return Outcome.done(announced);
        });
  }

  /// Keeps the sweep away while somebody works on an upload; false where it has been swept.
  boolean keep(MediumRow row) {
    return transact(
        mapper -> {
          mapper.putOffSweep(row.mediaId(), sweepAt());
          return mapper.medium(row.mediaId()) != null;
        });
  }

  /// Whether the upload has this id of the store from now on, and had `before` until now.
  boolean beginParts(MediumRow row, @Nullable String before, @Nullable String uploadId) {
    return transact(mapper -> mapper.beginParts(row.mediaId(), before, uploadId) > 0);
  }

  /// @param row as it is when complete, but for its thumbnail
  /// @return the medium as whoever came first has completed it
  MediumRow complete(MediumRow row, @Nullable Thumbnail thumbnail) {
    return transact(
        mapper -> {
          MediumRow small = thumbnail == null ? null : small(row, thumbnail);
          if (mapper.complete(row, small == null ? null : small.mediaId()) > 0 && small != null) {
            mapper.insert(small, null, clock.millis());
          }
          MediumRow complete = mapper.medium(row.mediaId());
          if (complete == null) {
            throw new IllegalStateException("swept while at work mediaId=" + row.mediaId());
          }
          return complete;
        });
  }

  List<MediumRow> toSweep(int limit) {
    return transact(mapper -> mapper.toSweep(clock.millis(), limit));
  }

  /// Forgets what nobody completed, with its charge; what is complete is only marked as swept.
  void swept(MediumRow row) {
    var _ =
        transact(
            mapper -> {
              if (row.isComplete()) {
                mapper.swept(row.mediaId());
              } else if (mapper.forget(row.mediaId(), clock.millis()) > 0) {
                mapper.release(row.userId(), row.chargedBytes());
              }
              return true;
            });
  }

  long now() {
    return clock.millis();
  }

  private MediumRow announced(long userId, MediaRequest.Prepare asked) {
    return new MediumRow(
        ids.next(),
        userId,
        asked.kind(),
        asked.contentType().text(),
        asked.bytes(),
        Math.max(asked.bytes(), CHARGE_BYTES_MIN),
        asked.sha256().hex(),
        asked.keepLocation(),
        asked.name(),
        null,
        sweepAt(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private MediumRow small(MediumRow original, Thumbnail thumbnail) {
    return new MediumRow(
        ids.next(),
        original.userId(),
        Kind.THUMBNAIL,
        thumbnail.contentType(),
        thumbnail.content().length,
        0,
        null,
        false,
        null,
        null,
        null,
        clock.millis(),
        thumbnail.width(),
        thumbnail.height(),
        null,
        null,
        original.mediaId());
  }

  private long sweepAt() {
    return clock.millis() + limits.uploadTtl().toMillis();
  }

  /// Two who announce the same at once: the second finds what the first has made.
  private <T extends @Nullable Object> T transact(Function<MediaMapper, T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return queries.turn(
            () -> database.transact(tx -> work.apply(tx.mapper(MediaMapper.class))));
      } catch (PersistenceException e) {
        if (SqlFailure.of(e) != SqlFailure.CONTENTION || attempt == ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }
}

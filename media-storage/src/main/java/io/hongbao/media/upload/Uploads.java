package io.hongbao.media.upload;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.wire.Cursor;
import io.hongbao.media.store.ObjectStore;
import io.hongbao.media.store.ObjectStore.StoredPart;
import io.hongbao.media.store.SignedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Announcing uploads and signing them, whole or in parts. The methods block.
final class Uploads {

  /// Of an upload in parts; the last one is smaller. The store wants 5 MiB at least.
  static final long PART_BYTES = 8 << 20;

  private static final String METHOD = "PUT";

  private final Catalogue catalogue;
  private final ObjectStore store;
  private final UploadLimits limits;

  Uploads(Catalogue catalogue, ObjectStore store, UploadLimits limits) {
    this.catalogue = catalogue;
    this.store = store;
    this.limits = limits;
  }

  private record ToUpload(
      long mediaId, String uploadUrl, String method, Map<String, String> headers, long expiresAt) {}

  private record Complete(long mediaId, boolean complete) {}

  /// @param stored true where the part is there, and there is nothing to upload
  private record Part(
      int number,
      long bytes,
      @Nullable Boolean stored,
      @Nullable String uploadUrl,
      @Nullable String method,
      @Nullable Map<String, String> headers) {}

  private record PartPage(
      long mediaId,
      long partBytes,
      List<Part> parts,
      long expiresAt,
      @Nullable String nextCursor) {}

  Reply prepare(long userId, MediaRequest.Prepare asked) {
    if (asked.bytes() > limits.bytesOf(asked.kind())) {
      return Reply.refused(
          ErrorCode.MEDIA_TOO_LARGE,
          "at most " + limits.bytesOf(asked.kind()) + " bytes of " + asked.kind().wireName());
    }
    return switch (catalogue.announce(userId, asked)) {
      case Refused(var refusal) -> Reply.refused(refusal);
      case Done(MediumRow row) -> row.isComplete() ? complete(row) : toUpload(row);
    };
  }

  Reply parts(long userId, MediaRequest.Parts asked) {
    Outcome<MediumRow> own = catalogue.findOwn(userId, asked.mediaId());
    return switch (own) {
      case Refused(var refusal) -> Reply.refused(refusal);
      case Done(MediumRow row) -> {
        if (row.isComplete()) {
          yield complete(row);
        }
        yield catalogue.keep(row)
            ? page(row, asked.cursor(), asked.limit())
            : Reply.refused(Catalogue.NO_SUCH_MEDIUM);
      }
    };
  }

  private static Reply complete(MediumRow row) {
    return Reply.of(new Complete(row.mediaId(), true));
  }

  private Reply toUpload(MediumRow row) {
    SignedRequest signed =
        store.signUpload(row.uploadKey(), row.contentType(), row.bytes(), limits.urlTtl());
    return Reply.of(
        new ToUpload(row.mediaId(), signed.url(), METHOD, signed.headers(), signed.expiresAt()));
  }

  private Reply page(MediumRow row, @Nullable Cursor cursor, int limit) {
    Begun begun = begun(row);
    if (begun == null) {
      return Queries.unavailable();
    }
    long count = partCount(row);
    int first = cursor == null ? 1 : (int) Math.min(cursor.part(0) + 1, count + 1);
    int last = (int) Math.min(first + limit - 1L, count);
    var parts = new ArrayList<Part>();
    long expiresAt = catalogue.now() + limits.urlTtl().toMillis();
    for (int number = first; number <= last; number++) {
      long bytes = partBytes(row, number);
      if (begun.stored().getOrDefault(number, 0L) == bytes) {
        parts.add(new Part(number, bytes, true, null, null, null));
        continue;
      }
      SignedRequest signed =
          store.signPart(row.uploadKey(), begun.uploadId(), number, bytes, limits.urlTtl());
      expiresAt = Math.min(expiresAt, signed.expiresAt());
      parts.add(new Part(number, bytes, null, signed.url(), METHOD, signed.headers()));
    }
    return Reply.of(
        new PartPage(
            row.mediaId(),
            PART_BYTES,
            parts,
            expiresAt,
            last < count ? new Cursor(last).text() : null));
  }

  /// @param stored bytes by number of the parts that are there
  private record Begun(String uploadId, Map<Integer, Long> stored) {}

  /// The upload in parts, begun now where it is not yet; null where others begin and end it at this
  /// very moment.
  private @Nullable Begun begun(MediumRow row) {
    String known = row.uploadId();
    if (known != null) {
      Optional<List<StoredPart>> parts = store.parts(row.uploadKey(), known);
      if (parts.isPresent()) {
        return new Begun(
            known,
            parts.get().stream().collect(Collectors.toMap(StoredPart::number, StoredPart::bytes)));
      }
    }
    String uploadId = store.beginParts(row.uploadKey(), row.contentType());
    if (catalogue.beginParts(row, known, uploadId)) {
      return new Begun(uploadId, Map.of());
    }
    store.dropParts(row.uploadKey(), uploadId);
    MediumRow now = catalogue.find(row.mediaId());
    return now == null || now.uploadId() == null ? null : new Begun(now.uploadId(), Map.of());
  }

  static long partCount(MediumRow row) {
    return (row.bytes() + PART_BYTES - 1) / PART_BYTES;
  }

  static long partBytes(MediumRow row, int number) {
    return Math.min(PART_BYTES, row.bytes() - (number - 1) * PART_BYTES);
  }
}

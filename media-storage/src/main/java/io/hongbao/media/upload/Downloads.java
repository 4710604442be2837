package io.hongbao.media.upload;

import io.hongbao.common.contract.Avatars.Place;
import io.hongbao.common.contract.MediaLibrary.Kind;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.SentMedia;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.media.store.ObjectStore;
import io.hongbao.media.store.SignedRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who gets a URL for what: the uploader, and whoever may read an entry that holds it. Avatars are
/// for everybody.
final class Downloads {

  private final Catalogue catalogue;
  private final ObjectStore store;
  private final UploadLimits limits;

  Downloads(Catalogue catalogue, ObjectStore store, UploadLimits limits) {
    this.catalogue = catalogue;
    this.store = store;
    this.limits = limits;
  }

  private record Url(String url, long expiresAt) {}

  /// Blocks.
  Reply url(long userId, long mediaId, SentMedia sent) {
    MediumRow row = catalogue.find(mediaId);
    if (row == null || !row.isComplete()) {
      return Reply.refused(Catalogue.NO_SUCH_MEDIUM);
    }
    if (row.userId() == userId || row.kind() == Kind.AVATAR) {
      return signed(row);
    }
    Long shownId = row.kind() == Kind.THUMBNAIL ? row.originalId() : (Long) mediaId;
    return switch (sent.isVisibleTo(userId, Objects.requireNonNull(shownId))
        .toCompletableFuture()
        .join()) {
      case Refused(var refusal) -> Reply.refused(refusal);
      case Done(Boolean visible) ->
          visible
              ? signed(row)
              : Reply.refused(ErrorCode.FORBIDDEN, "it was not sent to you, or was recalled");
    };
  }

  /// Where the small picture of an avatar is: nobody needs more of it. Blocks.
  Outcome<Place> avatar(long mediaId) {
    MediumRow row = catalogue.find(mediaId);
    if (row == null || !row.isComplete() || row.kind() != Kind.AVATAR) {
      return Outcome.refused(Catalogue.NO_SUCH_MEDIUM);
    }
    SignedRequest signed =
        store.signDownload(MediumRow.thumbnailKey(mediaId), null, limits.urlTtl());
    return Outcome.done(new Place(signed.url(), limits.urlTtl()));
  }

  private Reply signed(MediumRow row) {
    SignedRequest signed = store.signDownload(row.storedKey(), disposition(row), limits.urlTtl());
    return Reply.of(new Url(signed.url(), signed.expiresAt()));
  }

  /// A file of any kind is saved, never shown: what a page or a picture with a script does, it does
  /// nowhere.
  private static @Nullable String disposition(MediumRow row) {
    if (row.kind() != Kind.FILE) {
      return null;
    }
    String name = row.name() == null ? "file" : row.name();
    String encoded =
        URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    return "attachment; filename*=UTF-8''" + encoded; // RFC 8187
  }
}

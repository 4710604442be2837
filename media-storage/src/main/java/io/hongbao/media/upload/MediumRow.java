package io.hongbao.media.upload;

import io.hongbao.common.contract.MediaLibrary.Kind;
import io.hongbao.common.contract.MediaLibrary.Medium;
import io.hongbao.media.check.Measures;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A row of `media`.
///
/// @param bytes announced; once complete, as stored
/// @param sha256 announced, hexadecimal; null for thumbnails
/// @param uploadId the store's, where the upload is made in parts
/// @param sweepAt when what is left of the upload is swept
record MediumRow(
    long mediaId,
    long userId,
    Kind kind,
    String contentType,
    long bytes,
    long chargedBytes,
    @Nullable String sha256,
    boolean keepLocation,
    @Nullable String name,
    @Nullable String uploadId,
    @Nullable Long sweepAt,
    @Nullable Long completedAt,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Long durationMs,
    @Nullable Long thumbnailId,
    @Nullable Long originalId) {

  boolean isComplete() {
    return completedAt != null;
  }

  /// Where the client's bytes go.
  String uploadKey() {
    return "uploads/" + mediaId;
  }

  /// Where what was checked lies.
  String storedKey() {
    return kind == Kind.THUMBNAIL
        ? thumbnailKey(Objects.requireNonNull(originalId))
        : "media/" + mediaId;
  }

  /// Named after what it is a picture of, so that two who make it make one.
  static String thumbnailKey(long originalId) {
    return "thumbnails/" + originalId;
  }

  /// The same once it is checked.
  MediumRow completed(long at, long storedBytes, Measures measures) {
    return new MediumRow(
        mediaId,
        userId,
        kind,
        contentType,
        storedBytes,
        chargedBytes,
        sha256,
        keepLocation,
        name,
        uploadId,
        sweepAt,
        at,
        measures.width(),
        measures.height(),
        measures.durationMs(),
        null,
        null);
  }

  Medium medium() {
    return new Medium(
        mediaId, kind, contentType, bytes, name, width, height, durationMs, thumbnailId);
  }
}

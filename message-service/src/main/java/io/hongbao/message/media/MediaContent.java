package io.hongbao.message.media;

import io.hongbao.common.wire.Json;
import org.jspecify.annotations.Nullable;

/// What an entry says of its medium: the `content` of the protocol, by type.
public sealed interface MediaContent {

  record Image(
      long mediaId,
      @Nullable Integer width,
      @Nullable Integer height,
      long bytes,
      String contentType,
      @Nullable Long thumbnailMediaId)
      implements MediaContent {}

  /// @param durationMs 0 where the file does not say
  record Audio(long mediaId, long durationMs, long bytes, String contentType)
      implements MediaContent {}

  record Video(
      long mediaId,
      @Nullable Long durationMs,
      @Nullable Integer width,
      @Nullable Integer height,
      long bytes,
      String contentType,
      @Nullable Long thumbnailMediaId)
      implements MediaContent {}

  record File(long mediaId, String name, long bytes, String contentType) implements MediaContent {}

  default String json() {
    return Json.text(this);
  }
}

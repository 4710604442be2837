package io.hongbao.media.upload;

import io.hongbao.common.contract.Reply;
import org.jspecify.annotations.Nullable;

/// The `media` of the protocol.
final class Replies {

  private Replies() {}

  private record OneMedium(Body media) {}

  private record Body(
      long mediaId,
      String kind,
      String contentType,
      long bytes,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Long durationMs,
      @Nullable Long thumbnailMediaId) {}

  static Reply medium(MediumRow row) {
    return Reply.of(
        new OneMedium(
            new Body(
                row.mediaId(),
                row.kind().wireName(),
                row.contentType(),
                row.bytes(),
                row.width(),
                row.height(),
                row.durationMs(),
                row.thumbnailId())));
  }
}

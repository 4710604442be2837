package io.hongbao.message.media;

import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// A library that holds what a test puts in.
public final class UploadedMedia implements MediaLibrary {

  private record Key(long userId, long mediaId) {}

  private final Map<Key, Medium> media = new ConcurrentHashMap<>();

  public void put(long userId, Medium medium) {
    media.put(new Key(userId, medium.mediaId()), medium);
  }

  /// An avatar.
  public void putAvatar(long userId, long mediaId) {
    put(
        userId,
        new Medium(mediaId, Kind.AVATAR, "image/png", 100, null, 64, 64, null, mediaId + 1));
  }

  @Override
  public CompletionStage<Outcome<Medium>> uploadedBy(long userId, long mediaId, Kind kind) {
    Medium medium = media.get(new Key(userId, mediaId));
    return CompletableFuture.completedFuture(
        medium == null || medium.kind() != kind
            ? Outcome.refused(ErrorCode.NOT_FOUND, "there is no such medium")
            : Outcome.done(medium));
  }
}

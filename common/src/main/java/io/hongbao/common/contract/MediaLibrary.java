package io.hongbao.common.contract;

import io.hongbao.common.error.Outcome;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Media as who sends them to groups, or shows them as avatars, needs them. Implemented by the
/// media storage.
public interface MediaLibrary {

  /// What a user has uploaded, once it is checked; it never changes after. Refusals: `not_found`
  /// (there is none of this kind, it is not complete, or it is somebody else's), `unavailable`. The
  /// stage never fails.
  CompletionStage<Outcome<Medium>> uploadedBy(long userId, long mediaId, Kind kind);

  /// What a medium is for. `THUMBNAIL` are the ones that the server makes.
  enum Kind {
    IMAGE,
    AUDIO,
    VIDEO,
    FILE,
    AVATAR,
    THUMBNAIL;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// The kind that a client names, or null where it is none that clients upload.
    public static @Nullable Kind uploaded(String word) {
      return switch (word) {
        case "image" -> IMAGE;
        case "audio" -> AUDIO;
        case "video" -> VIDEO;
        case "file" -> FILE;
        case "avatar" -> AVATAR;
        default -> null;
      };
    }
  }

  /// @param name the file's, where its uploader gave one
  /// @param width and `height` in pixels as it is shown, where it has any that can be read
  /// @param durationMs null where the file does not say
  /// @param thumbnailMediaId a small picture of it, where one could be made
  record Medium(
      long mediaId,
      Kind kind,
      String contentType,
      long bytes,
      @Nullable String name,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Long durationMs,
      @Nullable Long thumbnailMediaId) {}
}

package io.hongbao.common.contract;

import io.hongbao.common.error.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The pictures of people and groups, for whoever was told where they are. Implemented by the media
/// storage, asked by the gateway.
public interface Avatars {

  /// The gateway hands them out under this path and the medium's id, which are an `avatarUrl` of
  /// the protocol. It stays the same as long as the picture does, so that clients may keep both.
  String PATH = "/avatars/";

  /// Where a browser gets the picture itself, small. Refusals: `not_found` (there is no such
  /// avatar), `unavailable`. The stage never fails.
  CompletionStage<Outcome<Place>> placeOf(long mediaId);

  /// @param url signed, for a plain GET
  /// @param ttl how long the URL is good
  record Place(String url, Duration ttl) {}

  static @Nullable String urlOf(@Nullable Long mediaId) {
    return mediaId == null ? null : PATH + mediaId;
  }
}

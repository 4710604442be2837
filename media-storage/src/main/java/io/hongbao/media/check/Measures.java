package io.hongbao.media.check;

import org.jspecify.annotations.Nullable;

/// What could be read of a medium.
///
/// @param width and `height` in pixels as it is shown
public record Measures(
    @Nullable Integer width, @Nullable Integer height, @Nullable Long durationMs) {

  static final Measures NONE = new Measures(null, null, null);
}

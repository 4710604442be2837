package io.hongbao.media.check;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What could be read of a medium. What a file says and cannot be is left out.
///
/// @param width and `height` in pixels as it is shown; both or neither
public record Measures(
    @Nullable Integer width, @Nullable Integer height, @Nullable Long durationMs) {

  static final Measures NONE = new Measures(null, null, null);

  private static final long DURATION_MS_MAX = Duration.ofDays(30).toMillis();

  public Measures {
    if (width == null || height == null || width < 1 || height < 1) {
      width = null;
      height = null;
    }
    if (durationMs != null && (durationMs < 1 || durationMs > DURATION_MS_MAX)) {
      durationMs = null;
    }
  }
}

package io.hongbao.media.check;

import io.hongbao.common.error.Refusal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a [Check] comes to.
public sealed interface Finding {

  /// @param rewritten what is to be kept in place of the upload, null where that is kept
  record Fit(Measures measures, @Nullable Path rewritten, @Nullable Thumbnail thumbnail)
      implements Finding {}

  record Unfit(Refusal refusal) implements Finding {}
}

package io.hongbao.media.upload;

import io.hongbao.common.contract.MediaLibrary.Kind;
import java.time.Duration;

/// How much users may upload, and how long things last.
///
/// @param quotaBytes of one user, over all
/// @param urlTtl how long a signed URL is valid
/// @param uploadTtl after which an upload that nobody completed is swept away
public record UploadLimits(
    long imageBytes,
    long audioBytes,
    long videoBytes,
    long fileBytes,
    long quotaBytes,
    Duration urlTtl,
    Duration uploadTtl) {

  long bytesOf(Kind kind) {
    return switch (kind) {
      case IMAGE, AVATAR -> imageBytes;
      case AUDIO -> audioBytes;
      case VIDEO -> videoBytes;
      case FILE -> fileBytes;
      case THUMBNAIL -> 0;
    };
  }
}

package io.hongbao.media;

import io.hongbao.common.config.Settings;
import io.hongbao.media.upload.UploadLimits;

/// What the media storage is told at its start.
///
/// @param transactionsMax how many transactions run at once
public record MediaConfig(UploadLimits limits, int transactionsMax) {

  private static final long MEBIBYTE = 1 << 20;

  public static MediaConfig of(Settings settings) {
    var limits =
        new UploadLimits(
            settings.get(Settings.MEDIA_IMAGE_BYTES),
            settings.get(Settings.MEDIA_AUDIO_BYTES),
            settings.get(Settings.MEDIA_VIDEO_BYTES),
            settings.get(Settings.MEDIA_FILE_BYTES),
            settings.get(Settings.MEDIA_QUOTA_MEBIBYTES) * MEBIBYTE,
            settings.get(Settings.MEDIA_URL_TTL),
            settings.get(Settings.MEDIA_UPLOAD_TTL));
    return new MediaConfig(limits, Math.max(1, settings.get(Settings.MEDIA_CONNECTIONS) - 1));
  }
}

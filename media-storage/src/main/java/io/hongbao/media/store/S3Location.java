package io.hongbao.media.store;

import io.hongbao.common.config.Settings;
import java.net.URI;

/// Where the S3 store is and how to get in.
///
/// @param url as this process reaches it
/// @param publicUrl as clients reach it: what they get is signed for this host
public record S3Location(
    URI url, URI publicUrl, String region, String bucket, String accessKey, String secretKey) {

  /// @param settings say where clients reach it, and what in it is used
  public static S3Location of(Settings settings, String url, String accessKey, String secretKey) {
    String publicUrl = settings.get(Settings.S3_PUBLIC_URL);
    return new S3Location(
        URI.create(url),
        URI.create(publicUrl.isEmpty() ? url : publicUrl),
        settings.get(Settings.S3_REGION),
        settings.get(Settings.S3_BUCKET),
        accessKey,
        secretKey);
  }

  /// Without the keys.
  @Override
  public String toString() {
    return "S3Location[" + url + ", " + publicUrl + ", " + bucket + "]";
  }
}

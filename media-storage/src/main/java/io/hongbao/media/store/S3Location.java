package io.hongbao.media.store;

import java.net.URI;

/// Where the S3 store is and how to get in.
///
/// @param url as this process reaches it
/// @param publicUrl as clients reach it: what they get is signed for this host
public record S3Location(
    URI url, URI publicUrl, String region, String bucket, String accessKey, String secretKey) {

  /// Without the keys.
  @Override
  public String toString() {
    return "S3Location[" + url + ", " + publicUrl + ", " + bucket + "]";
  }
}

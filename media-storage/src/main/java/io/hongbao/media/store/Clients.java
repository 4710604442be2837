package io.hongbao.media.store;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// The SDK's two clients: one asks the store, one only signs, for its public host. The bucket is
/// there once they are.
record Clients(String bucket, S3Client s3, S3Presigner presigner) implements AutoCloseable {

  static final int CONNECTIONS_MAX = 64;
  private static final Duration CONNECT_TIME = Duration.ofSeconds(3);
  private static final Duration READ_TIME = Duration.ofSeconds(30);

  static Clients of(S3Location location) {
    var keys =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(location.accessKey(), location.secretKey()));
    Region region = Region.of(location.region());
    S3Client s3 =
        S3Client.builder()
            .endpointOverride(location.url())
            .region(region)
            .credentialsProvider(keys)
            .forcePathStyle(true)
            // Checksums of their own are beyond what every S3 store knows.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(CONNECTIONS_MAX)
                    .connectionTimeout(CONNECT_TIME)
                    .socketTimeout(READ_TIME))
            .build();
    S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(location.publicUrl())
            .region(region)
            .credentialsProvider(keys)
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build();
    var clients = new Clients(location.bucket(), s3, presigner);
    clients.requireBucket();
    return clients;
  }

  private void requireBucket() {
    try {
      s3.headBucket(asked -> asked.bucket(bucket));
    } catch (NoSuchBucketException _) {
      s3.createBucket(made -> made.bucket(bucket));
    }
  }

  @Override
  public void close() {
    presigner.close();
    s3.close();
  }
}

package io.hongbao.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.ErrorResponseException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // the client declares InterruptedException where it closes
final class EmbeddedS3Test {

  private static final byte[] PICTURE = {1, 2, 3};

  @TempDir Path folder;

  @Test
  void keepsObjectsFromOneStartToTheNext() throws Exception {
    try (var server = EmbeddedS3.start(folder, "key", "secret");
        var client = client(server, "secret")) {
      putPicture(client);
    }
    try (var server = EmbeddedS3.start(folder, "key", "secret");
        var client = client(server, "secret");
        var object =
            client.getObject(GetObjectArgs.builder().bucket("media").object("1/picture").build())) {
      assertThat(object.readAllBytes()).isEqualTo(PICTURE);
    }
  }

  @Test
  void refusesWhoHasNotTheKeys() throws Exception {
    try (var server = EmbeddedS3.start(folder, "key", "secret");
        var client = client(server, "another");
        var http = HttpClient.newHttpClient()) {
      try (var owner = client(server, "secret")) {
        putPicture(owner);
      }
      assertThatThrownBy(
              () -> client.bucketExists(BucketExistsArgs.builder().bucket("media").build()))
          .isInstanceOf(ErrorResponseException.class);
      var anonymous = HttpRequest.newBuilder(URI.create(server.url() + "/media/1/picture")).build();
      assertThat(http.send(anonymous, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
    }
  }

  private static void putPicture(MinioClient client) throws Exception {
    client.makeBucket(MakeBucketArgs.builder().bucket("media").build());
    client.putObject(
        PutObjectArgs.builder().bucket("media").object("1/picture").stream(
                new ByteArrayInputStream(PICTURE), (long) PICTURE.length, -1L)
            .build());
  }

  private static MinioClient client(EmbeddedS3 server, String secretKey) {
    return MinioClient.builder().endpoint(server.url()).credentials("key", secretKey).build();
  }
}

package io.hongbao.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// An S3 store inside this JVM. Objects are plain files in its folder, so they survive; every
/// request must be signed with its keys, and browsers of any origin may send one.
public final class EmbeddedS3 implements AutoCloseable {

  private final S3Proxy server;
  private final String accessKey;
  private final String secretKey;

  private EmbeddedS3(S3Proxy server, String accessKey, String secretKey) {
    this.server = server;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
  }

  /// On a free loopback port.
  ///
  /// @throws EmbeddedStartException where it doesn't start, with the reason
  public static EmbeddedS3 start(Path folder, String accessKey, String secretKey) {
    return start(folder, "127.0.0.1", 0, accessKey, secretKey);
  }

  /// @param port 0 takes any free one
  /// @throws EmbeddedStartException where it doesn't start, with the reason
  public static EmbeddedS3 start(
      Path folder, String bind, int port, String accessKey, String secretKey) {
    try {
      var store =
          new FilesystemNio2BlobStore(Files.createDirectories(folder).toRealPath().toString());
      S3Proxy server =
          S3Proxy.builder()
              .blobStore(store)
              .endpoint(URI.create("http://" + bind + ":" + port))
              .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
              .corsRules(anyOrigin())
              .build();
      server.start();
      return new EmbeddedS3(server, accessKey, secretKey);
    } catch (IOException e) {
      throw new EmbeddedStartException("the S3 store cannot use the folder " + folder, e);
    } catch (Exception e) { // what S3Proxy.start declares
      throw new EmbeddedStartException("the S3 store did not start", e);
    }
  }

  /// As this machine reaches it.
  public String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  public String accessKey() {
    return accessKey;
  }

  public String secretKey() {
    return secretKey;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // what S3Proxy.stop declares
      throw new IllegalStateException("the S3 store did not stop", e);
    }
  }

  private static CrossOriginResourceSharing anyOrigin() {
    return new CrossOriginResourceSharing(
        List.of(".*"), List.of("GET", "PUT", "HEAD", "POST"), List.of("*"), List.of("ETag"), "");
  }
}

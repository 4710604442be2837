package io.hongbao.standalone.doctor;

import static io.hongbao.standalone.doctor.Finding.Level.FAILURE;
import static io.hongbao.standalone.doctor.Finding.Level.OK;
import static io.hongbao.standalone.doctor.Finding.Level.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hongbao.common.config.Settings;
import io.hongbao.embedded.EmbeddedS3;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class S3CheckTest {

  private static final String ACCESS_KEY = "access";
  private static final String SECRET_KEY = "secret";

  @TempDir static Path folder;
  private static EmbeddedS3 store;

  @BeforeAll
  static void start() {
    store = EmbeddedS3.start(folder, ACCESS_KEY, SECRET_KEY);
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @Test
  void doesAsAClientAndLeavesNothingBehind() throws IOException {
    List<Finding> found = look(store.url(), SECRET_KEY, Clock.systemUTC());
    assertThat(found)
        .filteredOn(finding -> finding.level() != OK)
        .singleElement()
        .asString()
        .contains("clients on the same machine alone");
    assertThat(found).hasSizeGreaterThan(4);
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left).noneMatch(Files::isRegularFile);
    }
  }

  @Test
  void findsAWrongKey() {
    assertThat(look(store.url(), "wrong", Clock.systemUTC()))
        .singleElement()
        .matches(Finding::isFailure)
        .asString()
        .contains("the keys");
  }

  @Test
  void findsAPublicUrlThatNobodyReaches() {
    assertThat(look("http://127.0.0.1:1", SECRET_KEY, Clock.systemUTC()))
        .filteredOn(Finding::isFailure)
        .singleElement()
        .asString()
        .contains("cannot be reached at s3.public-url http://127.0.0.1:1");
  }

  @Test
  void findsAClockThatIsWrong() {
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2));
    assertThat(look(store.url(), SECRET_KEY, ahead))
        .filteredOn(Finding::isFailure)
        .singleElement()
        .asString()
        .contains("clock");
  }

  @Test
  void findsAPublicUrlThatRefusesWhatIsSigned() throws IOException {
    try (var proxy = new Proxy(exchange -> exchange.sendResponseHeaders(403, -1))) {
      assertThat(look(proxy.url(), SECRET_KEY, Clock.systemUTC()))
          .filteredOn(Finding::isFailure)
          .singleElement()
          .asString()
          .contains("status 403", "Host");
    }
  }

  /// It answers everybody with a page of its own.
  @Test
  void findsAPublicUrlThatIsNoStore() throws IOException {
    try (var page = new Proxy(S3CheckTest::greet)) {
      List<Finding> found = look(page.url(), SECRET_KEY, Clock.systemUTC());
      assertThat(found)
          .filteredOn(finding -> finding.level() == FAILURE)
          .extracting(Finding::says)
          .satisfiesExactly(
              says -> assertThat(says).contains("does not come back"),
              says -> assertThat(says).contains("gives media to everybody"));
      assertThat(found)
          .filteredOn(finding -> finding.level() == WARNING)
          .extracting(Finding::says)
          .anyMatch(says -> says.contains("CORS"));
    }
  }

  private static void greet(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 2);
    exchange.getResponseBody().write(new byte[] {'h', 'i'});
  }

  private static List<Finding> look(String publicUrl, String secretKey, Clock clock) {
    return S3Check.of(
        Settings.of(
            Map.of(
                "s3.url", store.url(),
                "s3.public-url", publicUrl,
                "s3.access-key", ACCESS_KEY,
                "s3.secret-key", secretKey)),
        clock);
  }

  /// Stands where the store should be.
  private static final class Proxy implements AutoCloseable {

    private interface Answer {
      void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;

    Proxy(Answer answer) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              answer.to(exchange);
            }
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}

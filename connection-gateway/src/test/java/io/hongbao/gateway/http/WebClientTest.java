package io.hongbao.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.gateway.kit.RawHttp;
import io.hongbao.gateway.kit.TestGateway;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files under `/web/` on the class path; the tests have a small client of their own there.
class WebClientTest {

  private static final TestGateway SERVER = TestGateway.start();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/?invite=1", "/join/abc-DEF", "/join/a/b"})
  void servesThePage(String path) throws IOException {
    RawHttp.Response page = get(path);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.body()).contains("test client");
    assertThat(page.header("content-security-policy")).contains("default-src 'self'");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
  }

  @Test
  void servesScripts() throws IOException {
    for (int i = 0; i < 2; i++) { // read, then kept
      RawHttp.Response script = get("/js/app.js");
      assertThat(script.status()).isEqualTo(200);
      assertThat(script.header("content-type")).isEqualTo("text/javascript; charset=utf-8");
      assertThat(script.body()).contains("export");
    }
  }

  @Test
  void saysWhereTheBrowsersCopyIsStillTheOne() throws IOException {
    String etag = get("/js/app.js").header("etag");
    assertThat(etag).startsWith("\"").endsWith("\"");
    assertThat(get("/js/app.js").header("cache-control")).isEqualTo("no-cache");

    RawHttp.Response same = request("GET", "/js/app.js", "If-None-Match: " + etag);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.header("etag")).isEqualTo(etag);
    assertThat(request("GET", "/js/app.js", "If-None-Match: \"other\"").status()).isEqualTo(200);
  }

  @Test
  void answersHeadWithoutTheBody() throws IOException {
    try (RawHttp http = RawHttp.connect(SERVER.gateway.port())) {
      http.send("HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(http.readHead().header("content-length")).isNotEqualTo("0");
      assertThat(http.isAtEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nonsense",
        "/nonsense.js",
        "/js",
        "/js/",
        "/js/../index.html",
        "/../not-web.txt",
        "/js/../../not-web.txt",
        "/%2e%2e/not-web.txt",
        "/..%2fnot-web.txt",
        "/%252e%252e/not-web.txt",
        "/..\\not-web.txt",
        "//not-web.txt",
        "/.hidden",
        "/js/app.js%00.html",
        "/web/index.html"
      })
  void servesNothingElse(String path) throws IOException {
    RawHttp.Response answer = get(path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("content-type")).startsWith("text/html");
    assertThat(answer.body()).doesNotContain("secret");
  }

  private static RawHttp.Response get(String path) throws IOException {
    return request("GET", path, "Accept: */*");
  }

  private static RawHttp.Response request(String method, String path, String header)
      throws IOException {
    try (RawHttp http = RawHttp.connect(SERVER.gateway.port())) {
      http.send("%s %s HTTP/1.1\r\nHost: h\r\n%s\r\n\r\n".formatted(method, path, header));
      return http.read();
    }
  }
}

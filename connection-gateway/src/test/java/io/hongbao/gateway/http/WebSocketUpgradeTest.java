package io.hongbao.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.gateway.kit.FakePush;
import io.hongbao.gateway.kit.FakeService;
import io.hongbao.gateway.kit.RawClient;
import io.hongbao.gateway.kit.RawHttp;
import io.hongbao.gateway.kit.TestClient;
import io.hongbao.gateway.kit.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From HTTP to a WebSocket, and what is negotiated on the way.
class WebSocketUpgradeTest {

  private final TestGateway server =
      TestGateway.start(
          "gateway.origins", "https://chat.example.com",
          "session.open-timeout", "PT1S",
          "gateway.connections-max", "20");

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                          | 101",
        "Sec-WebSocket-Protocol: hongbao.v1.json     | 101",
        "Sec-WebSocket-Protocol: a, hongbao.v1.json  | 101",
        "Sec-WebSocket-Protocol: hongbao.v1.cbor     | 400",
        "Sec-WebSocket-Protocol: a,b                 | 400",
        "Origin: https://chat.example.com            | 101",
        "Origin: HTTPS://Chat.Example.COM            | 101",
        "Origin: https://evil.example.com            | 403",
        "Origin: null                                | 403"
      })
  void takesOrRefuses(String header, int status) throws IOException {
    try (RawClient client =
        header.isEmpty()
            ? RawClient.connect(server.uri())
            : RawClient.connect(server.uri(), header)) {
      assertThat(client.handshake()).startsWith("HTTP/1.1 " + status);
      if (status == 101) {
        client.open("user-7", "d");
        assertThat(client.handshake().contains("sec-websocket-protocol: hongbao.v1.json"))
            .isEqualTo(header.startsWith("Sec-WebSocket-Protocol"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"/ws/, 404", "/other, 404", "/ws?token=none, 101"})
  void isAtOnePathOnly(String path, int status) throws IOException {
    try (RawHttp http = RawHttp.connect(server.gateway.port())) {
      http.send(upgradeOf(path));
      assertThat(http.read().status()).isEqualTo(status);
    }
  }

  @Test
  void upgradesAfterOtherRequestsOfTheConnection() throws IOException {
    try (RawHttp http = RawHttp.connect(server.gateway.port())) {
      http.send("GET /health/ready HTTP/1.1\r\n\r\n" + upgradeOf("/ws"));
      assertThat(http.read().status()).isEqualTo(200);
      RawHttp.Response upgraded = http.read();
      assertThat(upgraded.status()).isEqualTo(101);
      assertThat(upgraded.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
  }

  private static String upgradeOf(String path) {
    return String.join(
        "\r\n",
        "GET " + path + " HTTP/1.1",
        "Upgrade: websocket",
        "Connection: keep-alive, Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "",
        "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permessage-deflate | permessage-deflate",
        "permessage-deflate; client_max_window_bits | permessage-deflate",
        "permessage-deflate; client_no_context_takeover;server_no_context_takeover | "
            + "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; server_max_window_bits=10, permessage-deflate | permessage-deflate",
        "permessage-deflate; server_max_window_bits=10 | ''",
        "permessage-deflate; nonsense=1 | ''",
        "permessage-deflate; client_max_window_bits=x | ''",
        "x-webkit-deflate-frame | ''",
        ";;; | ''"
      })
  void negotiatesCompression(String offer, String answer) throws IOException {
    try (RawClient client = RawClient.connect(server.uri(), "Sec-WebSocket-Extensions: " + offer)) {
      String header =
          client
              .handshake()
              .lines()
              .filter(line -> line.startsWith("sec-websocket-extensions: "))
              .map(line -> line.substring("sec-websocket-extensions: ".length()))
              .findFirst()
              .orElse("");
      assertThat(parameters(header)).isEqualTo(parameters(answer));
      client.open("user-7", "d");
    }
  }

  @Test
  void compressesLargeRepliesOnly() throws IOException {
    server.memberships.put(7, 10, 0);
    try (RawClient client =
        RawClient.connect(server.uri(), "Sec-WebSocket-Extensions: permessage-deflate")) {
      client.open("user-7", "d");
      for (int id = 2; id <= 4; id++) { // each by itself, without the one before
        client.sendText("{\"id\":%d,\"op\":\"test.large\"}".formatted(id));
        RawClient.Frame large = client.read();
        assertThat(large.compressed()).isTrue();
        assertThat(large.text())
            .isEqualTo(
                "{\"id\":%d,\"data\":%s}"
                    .formatted(id, new String(FakeService.large(), StandardCharsets.UTF_8)));
      }
      client.sendText("{\"id\":5,\"op\":\"test.echo\",\"data\":{}}");
      assertThat(client.read().compressed()).isFalse();

      server.push.publish(FakePush.runOf(10, 1, 1, "x".repeat(5_000)));
      RawClient.Frame event = client.read();
      assertThat(event.compressed()).isFalse();
      assertThat(event.text()).contains("\"seq\":1,");
    }
  }

  @Test
  void compressesNothingWhereItWasNotNegotiated() throws IOException {
    try (RawClient client = RawClient.connect(server.uri())) {
      client.open("user-7", "d");
      client.sendText("{\"id\":2,\"op\":\"test.large\"}");
      RawClient.Frame large = client.read();
      assertThat(large.compressed()).isFalse();
      assertThat(large.payload()).hasSizeGreaterThan(FakeService.large().length);
    }
  }

  @Test
  void readsCompressedMessages() throws IOException {
    try (RawClient client =
        RawClient.connect(server.uri(), "Sec-WebSocket-Extensions: permessage-deflate")) {
      client.open("user-7", "d");
      var deflater = new Deflater(6, true); // keeps its window from message to message
      for (int id = 2; id <= 5; id++) {
        String data = "{\"text\":\"" + "message ".repeat(500) + id + "\"}";
        byte[] deflated =
            deflate(deflater, "{\"id\":%d,\"op\":\"test.echo\",\"data\":%s}".formatted(id, data));
        client.send(0xC1, deflated);
        assertThat(client.readText()).isEqualTo("{\"id\":%d,\"data\":%s}".formatted(id, data));
      }
      deflater.end();
    }
  }

  @Test
  void endsForAMessageThatIsTooLargeOnceInflated() throws IOException {
    try (RawClient client =
        RawClient.connect(server.uri(), "Sec-WebSocket-Extensions: permessage-deflate")) {
      client.open("user-7", "d");
      var deflater = new Deflater(9, true);
      client.send(0xC1, deflate(deflater, " ".repeat(10_000_000)));
      deflater.end();
      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void endsForWhatDoesNotInflate() throws IOException {
    try (RawClient client =
        RawClient.connect(server.uri(), "Sec-WebSocket-Extensions: permessage-deflate")) {
      client.open("user-7", "d");
      client.send(0xC1, new byte[] {(byte) 0xFF, 1, 2, 3, 4, 5});
      assertThat(client.closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void endsForACompressedFrameWhereItWasNotNegotiated() throws IOException {
    try (RawClient client = RawClient.connect(server.uri())) {
      client.open("user-7", "d");
      client.send(0xC1, new byte[] {1, 2, 3});
      assertThat(client.closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void refusesOneConnectionTooMany() throws IOException {
    var clients = new ArrayList<TestClient>();
    for (int i = 0; i < 20; i++) {
      clients.add(server.open(i + 1, "d"));
    }
    try (RawClient refused = RawClient.connect(server.uri())) {
      assertThat(refused.handshake()).startsWith("HTTP/1.1 503").contains("retry-after");
    }
    clients.removeLast().close();
    await().until(() -> server.meters.get("hongbao.gateway.connections").gauge().value() < 20);
    try (TestClient again = server.open(99, "d")) {
      again.expectNothing();
    }
    clients.forEach(TestClient::close);
  }

  @Test
  void cutsOffWhoDoesNotCompleteARequest() throws IOException {
    long started = System.nanoTime();
    try (RawHttp http = RawHttp.connect(server.gateway.port())) {
      http.send("GET / HTTP/1.1\r\nHost: ");
      assertThat(http.isAtEnd()).isTrue();
    }
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started)).isBetween(5L, 12L);
  }

  private static List<String> parameters(String header) {
    return Arrays.stream(header.split(";")).map(String::strip).sorted().toList();
  }

  private static byte[] deflate(Deflater deflater, String text) {
    deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
    var out = new ByteArrayOutputStream();
    byte[] part = new byte[65_536];
    int n;
    do {
      n = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
      out.write(part, 0, n);
    } while (n == part.length);
    return Arrays.copyOf(out.toByteArray(), out.size() - 4);
  }
}

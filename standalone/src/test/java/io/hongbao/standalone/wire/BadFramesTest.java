package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is wrong is answered as the protocol says, and the server's log does not grow by it, but
/// for a line at most, which has nothing in it of what was sent.
final class BadFramesTest {

  /// Stands in whatever is sent.
  private static final String SENT = "Wintermantel";

  private ServerJvm server;

  @BeforeEach
  void start() throws IOException {
    server = ServerJvm.start(Path.of("target/bad-frames-data"), Map.of());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private interface Sending {
    void send(WireClient client, String group);
  }

  @Test
  void areAnsweredAndLeaveNoTraceInTheLog() throws IOException {
    logsALineAtMost(
        (client, _) -> {
          client.raw(SENT);
          assertThat(client.awaitClose()).isEqualTo(4505);
        });
    logsALineAtMost(
        (client, _) ->
            assertThat(client.refusal("no." + SENT, Map.of("it", SENT))).isEqualTo("unknown_op"));
    logsALineAtMost(
        (client, group) -> {
          JsonNode error =
              client.refused(
                  "message.send",
                  Map.of(
                      "groupId",
                      group,
                      "clientMessageId",
                      7,
                      "type",
                      "text",
                      "content",
                      Map.of("text", SENT)));
          assertThat(error.get("code").textValue()).isEqualTo("invalid_argument");
          assertThat(error.get("field").textValue()).isEqualTo("clientMessageId");
        });
    logsALineAtMost(
        (client, group) -> {
          JsonNode error =
              client.refused(
                  "message.send",
                  WireClient.text(group, SENT, SENT + "x".repeat(5_001 - SENT.length())));
          assertThat(error.get("code").textValue()).isEqualTo("invalid_argument");
          assertThat(error.get("field").textValue()).isEqualTo("content.text");
        });
    String anothers = WireClient.register(server.port(), "Bob").token();
    logsALineAtMost(
        (client, _) ->
            assertThat(client.refusal("session.refresh", Map.of("token", anothers)))
                .isEqualTo("invalid_argument"));
    logsALineAtMost(
        (client, _) -> {
          client.raw(
              "{\"id\":5,\"op\":\"session.ping\",\"data\":{\"x\":\""
                  + SENT
                  + "y".repeat(1 << 20)
                  + "\"}}");
          assertThat(client.awaitClose()).isEqualTo(1009);
        });
  }

  private void logsALineAtMost(Sending sending) throws IOException {
    int before;
    try (var client = WireClient.join(server.port(), "Ann")) {
      String group = client.createGroup("friends");
      before = server.output().size();
      sending.send(client, group);
      if (!client.isClosed()) {
        client.ask("session.ping", Map.of()); // it goes on
      }
    }
    // whoever comes next finds the server whole, and what there was to log is logged
    try (var next = WireClient.join(server.port(), "Cid")) {
      next.ask("session.ping", Map.of());
    }
    List<String> logged = server.output().subList(before, server.output().size());
    assertThat(logged).hasSizeLessThanOrEqualTo(1).noneMatch(line -> line.contains(SENT));
  }
}

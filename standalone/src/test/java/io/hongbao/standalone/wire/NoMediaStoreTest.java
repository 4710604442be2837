package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.config.Settings;
import io.hongbao.embedded.EmbeddedS3;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.standalone.Server;
import io.hongbao.standalone.wire.WireClient.Account;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A server whose media store is away when it starts, and stays away.
@ExtendWith(EmbeddedServices.class)
final class NoMediaStoreTest {

  private static final byte[] CONTENT = {1, 2, 3};
  private static final Map<String, Object> ANNOUNCEMENT =
      Uploads.announcement("file", "a/b", new byte[5]);

  @Test
  void isUnavailableForMediaAndWholeForAllElse(TestServices services, @TempDir Path folder) {
    EmbeddedS3 s3 = EmbeddedS3.start(folder.resolve("s3"), "127.0.0.1", 0, "key", "secret-key");
    Settings settings = settings(services, s3.url(), folder);
    Account ann;
    String stored;
    String announced;
    try (s3;
        var server = Server.start(settings);
        var client = WireClient.join(server.port(), "Ann")) {
      ann = client.account();
      stored = Uploads.upload(client, "file", "a/b", CONTENT).get("mediaId").textValue();
      announced =
          client
              .ask("media.prepare", Uploads.announcement("file", "a/b", new byte[4]))
              .get("mediaId")
              .textValue();
    }
    try (var server = Server.start(settings)) {
      Account bob = WireClient.register(server.port(), "Bob");
      try (var sender = WireClient.open(server.port(), login(server, ann), "d");
          var reader = WireClient.open(server.port(), bob, "d")) {
        String group = sender.createGroup("friends", bob.userId());
        expectChat(sender, reader, group);
        expectPacket(sender, reader, group);

        assertThat(sender.refusal("media.prepare", ANNOUNCEMENT)).isEqualTo("unavailable");
        assertThat(sender.refusal("media.complete", Map.of("mediaId", announced)))
            .isEqualTo("unavailable");
        assertThat(sender.refusal("media.url", Map.of("mediaId", stored))).isEqualTo("unavailable");

        // what lies there already is known from the database
        sender.ask(
            "message.send",
            Map.of(
                "groupId",
                group,
                "clientMessageId",
                "file",
                "type",
                "file",
                "content",
                Map.of("mediaId", stored, "name", "a.b")));
        expectChat(sender, reader, group);
      }
    }
  }

  private static void expectChat(WireClient sender, WireClient reader, String group) {
    long seq = sender.say(group, "hello");
    JsonNode heard = reader.awaitMessage(group, seq);
    assertThat(heard.get("content").get("text").textValue()).isEqualTo("hello");
    JsonNode history = reader.ask("message.history", Map.of("groupId", group));
    assertThat(history.get("lastSeq").longValue()).isEqualTo(seq);
  }

  private static void expectPacket(WireClient sender, WireClient taker, String group) {
    sender.ask("wallet.topup", Map.of("amountFen", 100, "clientTransferId", "t"));
    JsonNode sent = sender.ask("redpacket.send", WireClient.lucky(group, "p", 100, 1));
    Map<String, Object> which = Map.of("packetId", sent.get("packetId"));
    taker.ask("redpacket.grab", which);
    taker.ask("redpacket.open", which);
    await().until(() -> taker.ask("wallet.get", Map.of()).get("balanceFen").longValue() == 100);
  }

  private static Account login(Server server, Account who) {
    var reply =
        WireClient.post(
            server.port(),
            "/api/v1/tokens",
            Map.of("username", who.username(), "password", "correct horse"));
    assertThat(reply.statusCode()).isEqualTo(200);
    String token = WireClient.json(reply.body()).get("token").textValue();
    return new Account(who.userId(), who.username(), token);
  }

  private static Settings settings(TestServices services, String s3Url, Path folder) {
    var settings = new HashMap<>(ServerExtension.settings(folder.resolve("data")));
    settings.putAll(
        Map.of(
            "mysql.url", services.jdbcUrl(),
            "mysql.user", services.user(),
            "mysql.password", services.password(),
            "redis.url", services.redisUrl(),
            "s3.url", s3Url,
            "s3.access-key", "key",
            "s3.secret-key", "secret-key"));
    return Settings.of(settings);
  }
}

package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// The server is killed in the middle of a conversation and started again: everything it had
/// acknowledged is there once, in order, and a repeat of what it had not makes no second entry.
final class KillAndRestartTest {

  private static final int MESSAGES = 300;

  @Test
  void losesNothingThatWasAcknowledged() throws IOException {
    try (var server = ServerJvm.start(Path.of("target/kill-data"), Map.of())) {
      var ann = WireClient.register(server.port(), "Ann");
      var bob = WireClient.register(server.port(), "Bob");
      String group;
      var acknowledged = new ArrayList<String>();
      var uncertain = new ArrayList<String>();
      try (var client = WireClient.open(server.port(), ann, "d")) {
        group = client.createGroup("friends", bob.userId());
        var sent = new ArrayList<CompletableFuture<JsonNode>>();
        for (int i = 0; i < MESSAGES; i++) {
          sent.add(client.send("message.send", WireClient.text(group, "m" + i, "m" + i)));
        }
        sent.get(MESSAGES / 10).join();
        server.kill();
        client.awaitClose();
        for (int i = 0; i < MESSAGES; i++) {
          CompletableFuture<JsonNode> reply = sent.get(i);
          boolean told = reply.isDone() && !reply.isCompletedExceptionally();
          (told && reply.join().has("data") ? acknowledged : uncertain).add("m" + i);
        }
      }
      server.startAgain();
      try (var client = WireClient.open(server.port(), ann, "d");
          var other = WireClient.open(server.port(), bob, "d")) {
        var before = new HashSet<>(keys(other, group));
        assertThat(before).containsAll(acknowledged);
        for (String key : uncertain) {
          client.ask("message.send", WireClient.text(group, key, key));
        }
        List<String> after = keys(other, group);
        assertThat(after).hasSize(MESSAGES).doesNotHaveDuplicates();
      }
      assertThat(server.stop()).isIn(0, 143);
      server.startAgain();
      try (var other = WireClient.open(server.port(), bob, "d")) {
        assertThat(keys(other, group)).hasSize(MESSAGES);
      }
    }
  }

  /// The keys of all texts in the group's log, which must be gapless.
  private static List<String> keys(WireClient client, String group) {
    var seqs = new ArrayList<Long>();
    var keys = new ArrayList<String>();
    while (true) {
      JsonNode page =
          client.ask(
              "message.history", Map.of("groupId", group, "afterSeq", seqs.size(), "limit", 200));
      for (JsonNode message : page.get("messages")) {
        seqs.add(message.get("seq").longValue());
        if (message.get("type").textValue().equals("text")) {
          keys.add(message.get("content").get("text").textValue());
        }
      }
      if (seqs.size() >= page.get("lastSeq").longValue()) {
        assertThat(seqs).isEqualTo(LongStream.rangeClosed(1, seqs.size()).boxed().toList());
        return keys;
      }
    }
  }
}

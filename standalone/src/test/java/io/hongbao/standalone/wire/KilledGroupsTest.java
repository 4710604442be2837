package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.wire.WireClient.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The server is killed while a crowd meets by a code and while owners hand their groups over, and
/// started again: everybody asks once more and all end in one group; every group has its one owner.
final class KilledGroupsTest {

  private static final int PEOPLE = 100;
  private static final int GROUPS = 20;
  private static final int TRANSFERS = 6;
  private static final Map<String, ?> HERE =
      Map.of("code", "8128", "latitude", 31.2304, "longitude", 121.4737);
  private static final Map<String, ?> CODE = Map.of("code", "8128");

  @Test
  void meetInOneAndKeepTheirOwners() throws IOException {
    try (var server = ServerJvm.start(Path.of("target/killed-groups-data"), Map.of())) {
      List<Account> people =
          IntStream.range(0, PEOPLE)
              .mapToObj(i -> WireClient.register(server.port(), "Nick " + i))
              .toList();
      List<WireClient> clients = open(server, people);
      List<String> groups =
          IntStream.range(0, GROUPS)
              .mapToObj(i -> clients.get(0).createGroup("group " + i, people.get(1).userId()))
              .toList();
      askAll(clients, "face.enter", HERE).forEach(reply -> assertThat(data(reply)).isNotNull());
      var confirmed = askAll(clients, "face.confirm", CODE);
      groups.forEach(group -> handOver(clients, group));
      confirmed.get(PEOPLE / 10).join();
      server.kill();
      clients.forEach(WireClient::awaitClose);
      server.startAgain();

      List<WireClient> again = open(server, people);
      groups.forEach(group -> assertOneOwner(again.get(1), group));
      assertOneMeeting(again);
      again.forEach(WireClient::close);
    }
  }

  private static List<WireClient> open(ServerJvm server, List<Account> people) {
    return people.stream().map(one -> WireClient.open(server.port(), one, "phone")).toList();
  }

  private static List<CompletableFuture<JsonNode>> askAll(
      List<WireClient> clients, String op, Map<String, ?> data) {
    var replies = new ArrayList<CompletableFuture<JsonNode>>();
    clients.forEach(client -> replies.add(client.send(op, data)));
    return replies;
  }

  private static JsonNode data(CompletableFuture<JsonNode> reply) {
    JsonNode whole = reply.join();
    assertThat(whole.has("data")).as("%s", whole).isTrue();
    return whole.get("data");
  }

  /// Back and forth, without waiting for replies.
  private static void handOver(List<WireClient> clients, String group) {
    for (int i = 0; i < TRANSFERS; i++) {
      var _ =
          clients
              .get(i % 2)
              .send(
                  "group.transfer",
                  Map.of("groupId", group, "userId", clients.get((i + 1) % 2).userId()));
    }
  }

  private static void assertOneOwner(WireClient member, String group) {
    String owner =
        member.ask("group.get", Map.of("groupId", group)).get("group").get("ownerId").textValue();
    var owners = new ArrayList<String>();
    for (JsonNode one : member.ask("group.members", Map.of("groupId", group)).get("members")) {
      if (one.get("role").textValue().equals("owner")) {
        owners.add(one.get("userId").textValue());
      }
    }
    assertThat(owners).containsExactly(owner);
  }

  private static void assertOneMeeting(List<WireClient> clients) {
    List<JsonNode> answers =
        askAll(clients, "face.confirm", CODE).stream().map(KilledGroupsTest::data).toList();
    assertThat(answers.stream().filter(answer -> answer.get("created").booleanValue())).hasSize(1);
    var met = new HashSet<String>();
    answers.forEach(answer -> met.add(answer.get("group").get("groupId").textValue()));
    assertThat(met).hasSize(1);
    WireClient last = clients.getLast();
    JsonNode conversations = last.ask("conversation.list", Map.of()).get("conversations");
    assertThat(conversations).hasSize(1);
    assertThat(conversations.get(0).get("group").get("memberCount").intValue()).isEqualTo(PEOPLE);
  }
}

package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.hongbao.common.wire.Json;
import io.hongbao.standalone.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One golden file for each operation: the request and the reply as they stand on the wire, with
/// ids and times replaced by names.
///
/// `./mvnw -pl standalone -am test -Dtest=GoldenFramesTest -Dgolden.update=true` writes them anew;
/// read the difference before you commit it.
@ExtendWith(ServerExtension.class)
final class GoldenFramesTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final ObjectWriter PRETTY =
      Json.mapper().writer().with(SerializationFeature.INDENT_OUTPUT);

  private final int port;
  private final Map<String, String> names = new LinkedHashMap<>();

  GoldenFramesTest(Server server) {
    this.port = server.port();
  }

  @Test
  void areAsTheyWere() throws IOException {
    var ann = WireClient.register(port, "Ann");
    var bob = WireClient.register(port, "Bob");
    names.put(ann.userId(), "<ann>");
    names.put(bob.userId(), "<bob>");
    names.put(ann.username(), "<ann's username>");
    names.put(bob.username(), "<bob's username>");
    names.put(ann.token(), "<token>");
    try (var client = WireClient.connect(port, ann);
        var other = WireClient.open(port, bob, "bobs")) {
      golden(client, "session.open", Map.of("token", ann.token(), "deviceId", "phone"));
      golden(client, "session.refresh", Map.of("token", ann.token()));
      golden(client, "session.ping", Map.of());
      golden(client, "user.get", Map.of("userIds", List.of(ann.userId(), bob.userId())));
      golden(client, "user.find", Map.of("username", bob.username()));
      golden(client, "user.update", Map.of("nickname", "Anna"));
      String group =
          golden(
                  client,
                  "group.create",
                  Map.of(
                      "clientGroupId", "g1", "name", "friends", "memberIds", List.of(bob.userId())))
              .get("group")
              .get("groupId")
              .textValue();
      names.put(group, "<group>");
      golden(client, "group.get", Map.of("groupId", group));
      golden(client, "group.members", Map.of("groupId", group));
      try (var cid = WireClient.join(port, "Cid")) {
        names.put(cid.userId(), "<cid>");
        golden(client, "group.invite", Map.of("groupId", group, "userIds", List.of(cid.userId())));
        golden(cid, "group.leave", Map.of("groupId", group));
        String code =
            golden(client, "group.invite_code", Map.of("groupId", group)).get("code").textValue();
        names.put(code, "<code>");
        golden(cid, "group.join", Map.of("inviteCode", code));
      }
      golden(
          client,
          "message.send",
          Map.of(
              "groupId",
              group,
              "clientMessageId",
              "m1",
              "type",
              "text",
              "content",
              Map.of("text", "hello 🧧"),
              "replyToSeq",
              1,
              "mentions",
              List.of(bob.userId(), "all")));
      write("event.message", names(other.awaitMessage(group, 6)));
      golden(other, "conversation.list", Map.of());
      golden(
          other,
          "conversation.update",
          Map.of("groupId", group, "pinned", true, "doNotDisturb", true));
      golden(other, "message.read", Map.of("groupId", group, "seq", 6));
      golden(client, "message.readers", Map.of("groupId", group, "seq", 6, "read", true));
      golden(client, "message.search", Map.of("groupId", group, "query", "HELLO"));
      golden(client, "typing", Map.of("groupId", group));
      write("event.typing", names(other.await("typing", _ -> true)));
      golden(client, "message.recall", Map.of("groupId", group, "seq", 6));
      golden(other, "message.history", Map.of("groupId", group));
      golden(client, "no.such", Map.of());
    }
  }

  private JsonNode golden(WireClient client, String op, Map<String, Object> data)
      throws IOException {
    JsonNode reply = client.send(op, data).join();
    ObjectNode frames = Json.mapper().createObjectNode();
    frames.set("request", names(Json.mapper().valueToTree(sorted(op, data))));
    frames.set("reply", names(reply.deepCopy()));
    write(op, frames);
    return reply.path("data");
  }

  private static Map<String, Object> sorted(String op, Map<String, Object> data) {
    var frame = new LinkedHashMap<String, Object>();
    frame.put("op", op);
    frame.put("data", new java.util.TreeMap<>(data));
    return frame;
  }

  private void write(String name, JsonNode frames) throws IOException {
    Path file = FOLDER.resolve(name + ".json");
    String now = PRETTY.writeValueAsString(frames) + "\n";
    if (UPDATE) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, now);
    }
    assertThat(file).hasContent(now);
  }

  /// Replaces what differs from run to run: ids, times, tokens; and the request's own id.
  private JsonNode names(JsonNode node) {
    switch (node) {
      case ObjectNode object -> {
        for (String field : List.copyOf(iterable(object))) {
          JsonNode value = object.get(field);
          if (field.equals("id")) {
            object.put(field, "<id>");
          } else if (field.endsWith("At") && value.isNumber()) {
            object.put(field, "<time>");
          } else if (field.equals("sessionId")
              || field.equals("node")
              || (field.equals("code") && object.has("expiresAt"))) {
            object.put(field, "<" + field + ">");
          } else {
            object.set(field, names(value));
          }
        }
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, names(array.get(i)));
        }
      }
      case TextNode text -> {
        return new TextNode(name(text.textValue()));
      }
      default -> {
        // numbers and words stand as they are
      }
    }
    return node;
  }

  private String name(String text) {
    String known = names.get(text);
    return known != null ? known : text.matches("\\d{15,19}") ? "<message>" : text;
  }

  private static List<String> iterable(ObjectNode object) {
    var fields = new java.util.ArrayList<String>();
    object.fieldNames().forEachRemaining(fields::add);
    return fields;
  }
}

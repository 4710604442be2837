package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.hongbao.common.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Golden files: a request and its reply, or an event, as they stand on the wire, with ids and
/// times replaced by names. One for each operation, and some more.
///
/// `./mvnw -pl standalone -am test -Dtest='Golden*Test' -Dgolden.update=true` writes them anew;
/// read the difference before you commit it.
final class GoldenFrames {

  static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final ObjectWriter PRETTY =
      Json.mapper().writer().with(SerializationFeature.INDENT_OUTPUT);

  private final Map<String, String> names = new LinkedHashMap<>();

  /// From now on `name` stands where `text` does.
  void name(String text, String name) {
    names.put(text, name);
  }

  /// Asks, and holds request and reply against the file named after the operation.
  ///
  /// @return the reply's data
  JsonNode ask(WireClient client, String op, Map<String, Object> data) throws IOException {
    return ask(client, op, data, op);
  }

  /// The same with the name of the file.
  JsonNode ask(WireClient client, String op, Map<String, Object> data, String file)
      throws IOException {
    JsonNode reply = client.send(op, data).join();
    ObjectNode frames = Json.mapper().createObjectNode();
    frames.set("request", named(Json.mapper().valueToTree(sorted(op, data))));
    frames.set("reply", named(reply.deepCopy()));
    write(file, frames);
    return reply.path("data");
  }

  /// Holds an event's data against the file `event.<name>`.
  void event(String name, JsonNode data) throws IOException {
    write("event." + name, named(data.deepCopy()));
  }

  private static Map<String, Object> sorted(String op, Map<String, Object> data) {
    var frame = new LinkedHashMap<String, Object>();
    frame.put("op", op);
    frame.put("data", new TreeMap<>(data));
    return frame;
  }

  private static void write(String name, JsonNode frames) throws IOException {
    Path file = FOLDER.resolve(name + ".json");
    String now = PRETTY.writeValueAsString(frames) + "\n";
    if (UPDATE) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, now);
    }
    assertThat(file).hasContent(now);
  }

  /// Replaces what differs from run to run: ids, times, tokens; and the request's own id.
  private JsonNode named(JsonNode node) {
    switch (node) {
      case ObjectNode object -> {
        for (String field : fields(object)) {
          JsonNode value = object.get(field);
          if (field.equals("id")) {
            object.put(field, "<id>");
          } else if (isTime(field) && value.isNumber() && value.longValue() != 0) {
            object.put(field, "<time>");
          } else if (field.equals("year")) {
            object.put(field, "<year>");
          } else if (field.equals("retryAfterMs")) {
            object.put(field, "<ms>");
          } else if (field.equals("url") || field.equals("uploadUrl")) {
            object.put(field, "<url>");
          } else if (field.equals("sessionId")
              || field.equals("traceId")
              || field.equals("node")
              || (field.equals("code") && object.has("expiresAt"))) {
            object.put(field, "<" + field + ">");
          } else {
            object.set(field, named(value));
          }
        }
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, named(array.get(i)));
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

  private static boolean isTime(String field) {
    return field.equals("at") || field.endsWith("At");
  }

  private String name(String text) {
    String known = names.get(text);
    return known != null ? known : text.matches("\\d{15,19}") ? "<message>" : text;
  }

  private static List<String> fields(ObjectNode object) {
    var fields = new ArrayList<String>();
    object.fieldNames().forEachRemaining(fields::add);
    return fields;
  }
}

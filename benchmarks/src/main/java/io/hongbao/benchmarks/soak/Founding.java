package io.hongbao.benchmarks.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A group of two that a chatter has made, and what only its owner does there. Once it is given
/// away or dissolved another one is made.
final class Founding {

  private final Chatter chatter;
  private @Nullable String groupId;
  private String heir = "";

  Founding(Chatter chatter) {
    this.chatter = chatter;
  }

  void create() {
    heir = chatter.somebody();
    JsonNode made =
        chatter.ask(
            "group.create",
            Map.of(
                "clientGroupId",
                chatter.key(),
                "name",
                chatter.word(),
                "memberIds",
                List.of(heir)));
    groupId = made == null ? null : made.get("group").get("groupId").textValue();
  }

  void setRole() {
    ask("group.set_role", Map.of("userId", heir, "role", chatter.flip() ? "admin" : "member"));
  }

  void transfer() {
    ask("group.transfer", Map.of("userId", heir));
    groupId = null;
  }

  void dissolve() {
    ask("group.dissolve", Map.of());
    groupId = null;
  }

  private void ask(String op, Map<String, Object> more) {
    if (groupId == null) {
      create();
    }
    if (groupId != null) {
      var data = new HashMap<>(more);
      data.put("groupId", groupId);
      chatter.ask(op, data);
    }
  }
}

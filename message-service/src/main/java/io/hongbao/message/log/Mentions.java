package io.hongbao.message.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whom a message mentions: user ids, `"all"`, or both, each once and in the order given.
///
/// @param userIds [#EVERYBODY] stands for `"all"`
public record Mentions(List<Long> userIds) {

  /// Most mentions of one message.
  public static final int COUNT_MAX = 500;

  /// The user id that `"all"` is stored as; no user has it.
  public static final long EVERYBODY = 0;

  public static final Mentions NONE = new Mentions(List.of());

  private static final String ALL = "all";

  /// The field `mentions` of a request; [#NONE] where it is absent or empty.
  public static Mentions of(Fields fields) {
    if (!fields.has("mentions")) {
      return NONE;
    }
    var ids = new LinkedHashSet<Long>();
    for (String word : fields.strings("mentions", COUNT_MAX)) {
      Long id = ALL.equals(word) ? Long.valueOf(EVERYBODY) : Fields.parseId(word);
      if (id == null || (id == EVERYBODY && !ALL.equals(word))) {
        throw fields.invalid("mentions", "must be user ids or \"all\"");
      }
      ids.add(id);
    }
    return ids.isEmpty() ? NONE : new Mentions(List.copyOf(ids));
  }

  /// Those of these who are not among the others.
  public Mentions without(Mentions others) {
    return new Mentions(userIds.stream().filter(id -> !others.userIds.contains(id)).toList());
  }

  /// What [#json] made.
  public static Mentions parse(@Nullable String json) {
    if (json == null) {
      return NONE;
    }
    try {
      var ids = new ArrayList<Long>();
      for (JsonNode word : Json.mapper().readTree(json)) {
        ids.add(ALL.equals(word.textValue()) ? EVERYBODY : Long.parseLong(word.textValue()));
      }
      return new Mentions(List.copyOf(ids));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored mentions are no JSON", e);
    }
  }

  /// The list as it is stored and sent out, or null where nobody is mentioned.
  public @Nullable String json() {
    if (userIds.isEmpty()) {
      return null;
    }
    var json = new StringBuilder("[");
    for (long id : userIds) {
      json.append(json.length() > 1 ? ",\"" : "\"");
      if (id == EVERYBODY) {
        json.append(ALL);
      } else {
        json.append(id);
      }
      json.append('"');
    }
    return json.append(']').toString();
  }

  public boolean everybody() {
    return userIds.contains(EVERYBODY);
  }
}

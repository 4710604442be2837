package io.hongbao.message.group;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hongbao.common.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The content of a `system` entry.
///
/// @param name the group's, with `group_created`
record SystemContent(
    String kind, long actorId, @Nullable List<Long> targetIds, @Nullable String name) {

  static SystemContent groupCreated(long actorId, String name) {
    return new SystemContent("group_created", actorId, null, name);
  }

  static SystemContent membersJoined(long actorId, List<Long> targetIds) {
    return new SystemContent("members_joined", actorId, targetIds, null);
  }

  static SystemContent memberLeft(long actorId) {
    return new SystemContent("member_left", actorId, null, null);
  }

  String json() {
    try {
      return Json.mapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON: " + kind, e);
    }
  }
}

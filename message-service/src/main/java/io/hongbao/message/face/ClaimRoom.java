package io.hongbao.message.face;

import io.hongbao.common.redis.LuaScript;
import io.hongbao.common.redis.Redis;
import java.util.HashMap;
import java.util.List;

/// Notes that somebody is about to wait in a room: `claim_room.lua`. Blocks.
final class ClaimRoom {

  private final LuaScript<List<Object>> script;

  ClaimRoom(Redis redis) {
    this.script = LuaScript.returningList(redis, ClaimRoom.class, "claim_room.lua");
  }

  /// All claims of theirs, this one included.
  Claims run(RoomKey room, long userId, Generation generation, long keepMs) {
    List<Object> answer =
        script.run(
            List.of(Claims.redisKey(userId)),
            room.text(),
            generation.text(),
            Long.toString(keepMs));
    var fields = new HashMap<String, String>();
    for (int i = 0; i < answer.size(); i += 2) {
      fields.put(answer.get(i).toString(), answer.get(i + 1).toString());
    }
    return Claims.of(fields);
  }
}

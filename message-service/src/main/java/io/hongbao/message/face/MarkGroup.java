package io.hongbao.message.face;

import io.hongbao.common.redis.LuaScript;
import io.hongbao.common.redis.Redis;
import java.util.List;

/// Notes that a room's group is made: `mark_group.lua`. Blocks.
final class MarkGroup {

  private final LuaScript<Long> script;

  MarkGroup(Redis redis) {
    this.script = LuaScript.returningInteger(redis, MarkGroup.class, "mark_group.lua");
  }

  void run(RoomKey room) {
    var _ = script.run(List.of(room.redisKey()));
  }
}

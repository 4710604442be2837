package io.hongbao.message.face;

import io.hongbao.common.redis.LuaScript;
import io.hongbao.common.redis.Redis;
import java.util.List;

/// Notes that a room's group is made: `mark_group.lua`. Blocks.
final class MarkGroup {

  private static final long MARKED = 1;
  private static final long GONE = 2;

  private final LuaScript<Long> script;

  MarkGroup(Redis redis) {
    this.script = LuaScript.returningInteger(redis, MarkGroup.class, "mark_group.lua");
  }

  /// Whether it is noted; false where the room is gone.
  boolean run(RoomKey room) {
    long answer = script.run(List.of(room.redisKey()));
    if (answer != MARKED && answer != GONE) {
      throw new IllegalStateException("mark_group.lua answered " + answer);
    }
    return answer == MARKED;
  }
}

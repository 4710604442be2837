package io.hongbao.message.face;

import io.hongbao.common.redis.LuaScript;
import io.hongbao.common.redis.Redis;
import java.util.List;

/// Forgets the claim on a room that somebody has left: `release_room.lua`. Blocks.
final class ReleaseRoom {

  private static final long RELEASED = 1;
  private static final long KEPT = 2;

  private final LuaScript<Long> script;

  ReleaseRoom(Redis redis) {
    this.script = LuaScript.returningInteger(redis, ReleaseRoom.class, "release_room.lua");
  }

  /// Whether there is no claim any more; false where a later request has claimed the room.
  boolean run(RoomKey room, long userId, Generation generation) {
    long answer = script.run(List.of(Claims.redisKey(userId)), room.text(), generation.text());
    if (answer != RELEASED && answer != KEPT) {
      throw new IllegalStateException("release_room.lua answered " + answer);
    }
    return answer == RELEASED;
  }
}

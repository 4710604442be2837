package io.hongbao.message.face;

import io.hongbao.common.redis.LuaScript;
import io.hongbao.common.redis.Redis;
import java.util.List;

/// Forgets the claim on a room that somebody has left: `release_room.lua`. Blocks.
final class ReleaseRoom {

  private final LuaScript<Long> script;

  ReleaseRoom(Redis redis) {
    this.script = LuaScript.returningInteger(redis, ReleaseRoom.class, "release_room.lua");
  }

  void run(RoomKey room, long userId, Generation generation) {
    var _ = script.run(List.of(Claims.redisKey(userId)), room.text(), generation.text());
  }
}

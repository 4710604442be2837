package io.hongbao.message.face;

import io.hongbao.common.redis.LuaScript;
import io.hongbao.common.redis.Redis;
import java.util.List;

/// Lets somebody out of a room, for good as far as their earlier requests go: `leave_room.lua`.
/// Blocks.
final class LeaveRoom {

  private final LuaScript<Long> script;

  LeaveRoom(Redis redis) {
    this.script = LuaScript.returningInteger(redis, LeaveRoom.class, "leave_room.lua");
  }

  enum Result {
    /// This request let them out.
    LEFT(1),
    /// They were not in.
    ABSENT(2),
    /// A later request of theirs is known: it stands.
    STAYED(3);

    private final long code;

    Result(long code) {
      this.code = code;
    }

    private static Result of(long code) {
      for (Result result : values()) {
        if (result.code == code) {
          return result;
        }
      }
      throw new IllegalStateException("leave_room.lua answered " + code);
    }
  }

  Result run(RoomKey room, long userId, Generation generation, long keepMs) {
    return Result.of(
        script.run(
            List.of(room.redisKey()),
            Long.toString(userId),
            generation.text(),
            Long.toString(keepMs)));
  }
}

package io.hongbao.message.face;

import io.hongbao.common.redis.LuaScript;
import io.hongbao.common.redis.Redis;
import io.hongbao.message.face.FindRoom.Found;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets somebody into a room: `enter_room.lua`. Blocks.
final class EnterRoom {

  private final LuaScript<List<Object>> script;

  EnterRoom(Redis redis) {
    this.script = LuaScript.returningList(redis, EnterRoom.class, "enter_room.lua");
  }

  enum Result {
    /// This request let them in.
    ENTERED(1),
    /// They were in before.
    WAITING(2),
    /// A later request of theirs has let them out: they stay out.
    OVERTAKEN(3),
    /// The room takes nobody more.
    FULL(4);

    private final long code;

    Result(long code) {
      this.code = code;
    }

    private static Result of(Object code) {
      for (Result result : values()) {
        if (Long.valueOf(result.code).equals(code)) {
          return result;
        }
      }
      throw new IllegalStateException("enter_room.lua answered " + code);
    }
  }

  /// @param room as it is then; null where nobody has ever got in
  record Entered(Result result, @Nullable Room room) {}

  /// @param peopleMax the most people a room knows, those who have left it included
  Entered run(Found found, long userId, Generation generation, long keepMs, int peopleMax) {
    List<Object> answer =
        script.run(
            List.of(found.room().redisKey()),
            Long.toString(userId),
            generation.text(),
            Long.toString(found.overAt()),
            Long.toString(keepMs),
            Integer.toString(peopleMax));
    var fields = new HashMap<String, String>();
    for (int i = 1; i < answer.size(); i += 2) {
      fields.put(answer.get(i).toString(), answer.get(i + 1).toString());
    }
    return new Entered(Result.of(answer.getFirst()), Room.of(found.room(), fields));
  }
}

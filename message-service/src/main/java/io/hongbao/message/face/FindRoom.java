package io.hongbao.message.face;

import io.hongbao.common.redis.LuaScript;
import io.hongbao.common.redis.Redis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the room of a code where somebody stands, or opens it: `find_room.lua`. Blocks.
final class FindRoom {

  /// How far from its first entrant a room is entered.
  static final int RADIUS_METRES = 50;

  /// Rooms that are over are swept out by those who come after; so many at most by each.
  static final int SWEPT_MAX = 16;

  private static final String NONE = "";

  private final LuaScript<List<Object>> script;

  FindRoom(Redis redis) {
    this.script = LuaScript.returningList(redis, FindRoom.class, "find_room.lua");
  }

  /// @param overAt epoch milliseconds
  record Found(RoomKey room, long overAt) {}

  /// @param fresh the room that is opened where there is none, and when that will be over
  /// @param held the room of this code that they wait in now
  /// @param keepMs how long Redis keeps at least what is made by this
  Found run(long nowMs, Found fresh, long keepMs, @Nullable RoomKey held, @Nullable Place place) {
    String code = fresh.room().code();
    List<Object> answer =
        script.run(
            keys(code),
            Long.toString(nowMs),
            Long.toString(fresh.room().roomId()),
            Long.toString(fresh.overAt()),
            Long.toString(keepMs),
            held == null ? NONE : Long.toString(held.roomId()),
            place == null ? NONE : Double.toString(place.mappedLongitude()),
            place == null ? NONE : Double.toString(place.mappedLatitude()),
            Integer.toString(RADIUS_METRES),
            Integer.toString(SWEPT_MAX));
    return new Found(
        new RoomKey(code, Long.parseLong(answer.get(0).toString())),
        Long.parseLong(answer.get(1).toString()));
  }

  static List<String> keys(String code) {
    return List.of(places(code), RoomKey.ofCode(code, "nowhere"), RoomKey.ofCode(code, "ends"));
  }

  /// Where a code's rooms are.
  static String places(String code) {
    return RoomKey.ofCode(code, "places");
  }
}

package io.hongbao.message.face;

/// Which room: its code, and its id, which is the id of the group that comes of it. All that Redis
/// has of one code lies in one hash slot.
record RoomKey(String code, long roomId) {

  /// What [#text] made.
  static RoomKey parse(String text) {
    int colon = text.indexOf(':');
    return new RoomKey(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
  }

  String text() {
    return code + ":" + roomId;
  }

  /// The room's key in Redis.
  String redisKey() {
    return ofCode(code, "room:" + roomId);
  }

  /// A key in Redis of what a code's rooms have together.
  static String ofCode(String code, String what) {
    return "face:{" + code + "}:" + what;
  }
}

package io.hongbao.message.face;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// That a user may wait in a room, by the last request of theirs to do so.
record Claim(RoomKey room, Generation generation) {

  /// The key in Redis of a user's claims.
  static String redisKey(long userId) {
    return "face:user:{" + userId + "}";
  }

  static List<Claim> of(Map<String, String> fields) {
    var claims = new ArrayList<Claim>(fields.size());
    fields.forEach(
        (room, generation) ->
            claims.add(new Claim(RoomKey.parse(room), Generation.parse(generation))));
    return claims;
  }
}

package io.hongbao.message.face;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The rooms that a user may wait in, as Redis has them at one moment; `claim_room.lua` says how.
///
/// @param held the newest first
/// @param last the largest generation of theirs so far
record Claims(List<Claim> held, Generation last) {

  private static final String LAST = "last";

  static Claims of(Map<String, String> fields) {
    String last = fields.get(LAST);
    return new Claims(
        fields.entrySet().stream()
            .filter(field -> !field.getKey().equals(LAST))
            .map(
                field ->
                    new Claim(RoomKey.parse(field.getKey()), Generation.parse(field.getValue())))
            .sorted(Comparator.reverseOrder())
            .toList(),
        last == null ? Generation.NONE : Generation.parse(last));
  }

  /// The key in Redis of a user's claims.
  static String redisKey(long userId) {
    return "face:user:{" + userId + "}";
  }

  /// The claims on rooms of a code, the newest first.
  List<Claim> of(String code) {
    return held.stream().filter(claim -> claim.room().code().equals(code)).toList();
  }

  /// The generation of a request that has seen these claims.
  ///
  /// @param id a new one; ids of processes whose clocks differ need not ascend
  Generation next(long id) {
    return new Generation(Math.max(id, last.order() + 1), id);
  }
}

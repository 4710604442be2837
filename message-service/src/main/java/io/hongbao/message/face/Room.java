package io.hongbao.message.face;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A room as Redis has it at one moment; `enter_room.lua` says how.
///
/// @param overAt epoch milliseconds; from then on it is over
/// @param version moves with every change
/// @param hasGroup whether its group is made
/// @param waiting user ids in the order in which they came
record Room(RoomKey key, long overAt, long version, boolean hasGroup, List<Long> waiting) {

  private static final String OVER = "over";
  private static final String VERSION = "version";
  private static final String GROUP = "group";
  private static final String IN = "in";

  /// Null where nobody has entered it yet, or it is gone.
  static @Nullable Room of(RoomKey key, Map<String, String> fields) {
    String over = fields.get(OVER);
    if (over == null) {
      return null;
    }
    var byArrival = new TreeMap<String, Long>();
    fields.forEach(
        (field, value) -> {
          if (!isFact(field) && value.startsWith(IN)) {
            byArrival.put(value.split(" ", -1)[1], Long.valueOf(field));
          }
        });
    return new Room(
        key,
        Long.parseLong(over),
        Long.parseLong(fields.getOrDefault(VERSION, "0")),
        fields.containsKey(GROUP),
        List.copyOf(byArrival.values()));
  }

  private static boolean isFact(String field) {
    return field.equals(OVER) || field.equals(VERSION) || field.equals(GROUP);
  }

  /// The group's id, null until it is made.
  @Nullable Long groupId() {
    return hasGroup ? key.roomId() : null;
  }

  boolean isOverAt(long now) {
    return now >= overAt;
  }
}

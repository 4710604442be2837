package io.hongbao.message.face;

import io.hongbao.common.wire.Fields;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client asks face to face. Each record names its refusals, first that applies; all of them
/// may also be refused `invalid_argument` for a malformed field, which counts against no limit, and
/// `unavailable`.
public sealed interface FaceRequest {

  Pattern CODE = Pattern.compile("[0-9]{4}");

  /// Waits in the room of this code and place; opens it where there is none, so that a wrong code
  /// looks like an empty room. Whoever waited in another room leaves that one. Refusals:
  /// `rate_limited` (by user, then by address), `group_full` (see [Rooms#PEOPLE_MAX]).
  ///
  /// @param place null means the room of those who don't say where they are
  record Enter(String code, @Nullable Place place) implements FaceRequest {}

  /// Makes the room's group, or joins it where it is made. Refusals: `code_expired` (the caller
  /// doesn't wait in a room of this code, or its time is over), `group_dissolved`, `banned`,
  /// `group_full`. A repeat answers with the group as it is now.
  record Confirm(String code) implements FaceRequest {}

  /// Waits no more. Who did not wait is answered the same.
  record Leave(String code) implements FaceRequest {}

  /// The request that `op` is, or null where it is none of these.
  static @Nullable FaceRequest parse(String op, Fields fields) {
    return switch (op) {
      case "face.enter" -> new Enter(code(fields), place(fields));
      case "face.confirm" -> new Confirm(code(fields));
      case "face.leave" -> new Leave(code(fields));
      default -> null;
    };
  }

  private static String code(Fields fields) {
    String code = fields.text("code", 1, Integer.MAX_VALUE);
    if (!CODE.matcher(code).matches()) {
      throw fields.invalid("code", "must be four digits");
    }
    return code;
  }

  private static @Nullable Place place(Fields fields) {
    return fields.has("latitude") || fields.has("longitude")
        ? new Place(
            fields.number("latitude", -Place.LATITUDE_MAX, Place.LATITUDE_MAX),
            fields.number("longitude", -Place.LONGITUDE_MAX, Place.LONGITUDE_MAX))
        : null;
  }
}

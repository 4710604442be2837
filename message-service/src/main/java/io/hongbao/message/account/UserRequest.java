package io.hongbao.message.account;

import io.hongbao.common.wire.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a user may ask about users: themself and others.
public sealed interface UserRequest {

  /// Users asked for at once.
  int USERS_MAX = 100;

  /// The longest name that is looked for.
  int FIND_CHARACTERS_MAX = 256;

  /// Users by id, in the order asked; unknown ids are left out.
  record GetUsers(List<Long> userIds) implements UserRequest {}

  /// One user by exact username. Refusals: `not_found`.
  record FindUser(String username) implements UserRequest {}

  /// The caller's own profile. Refusals: `not_found` (no avatar of the caller's own, completed);
  /// nothing is changed then.
  record UpdateUser(@Nullable String nickname, @Nullable Long avatarMediaId)
      implements UserRequest {}

  /// @return null where the operation is none of these
  static @Nullable UserRequest parse(String op, Fields fields) {
    return switch (op) {
      case "user.get" -> new GetUsers(fields.ids("userIds", 0, USERS_MAX));
      case "user.find" -> new FindUser(fields.text("username", 1, FIND_CHARACTERS_MAX));
      case "user.update" -> update(fields);
      default -> null;
    };
  }

  private static UpdateUser update(Fields fields) {
    if (!fields.has("nickname") && !fields.has("avatarMediaId")) {
      throw fields.invalid("data", "must hold a nickname or an avatarMediaId");
    }
    return new UpdateUser(
        AccountFields.optionalNickname(fields), fields.optionalId("avatarMediaId"));
  }
}

package io.hongbao.message.account;

import io.hongbao.common.wire.Fields;
import org.jspecify.annotations.Nullable;

/// What an account's fields may hold; lengths in Unicode code points.
final class AccountFields {

  private static final int USERNAME_MIN = 3;
  private static final int USERNAME_MAX = 32;
  private static final int PASSWORD_MIN = 8;
  private static final int PASSWORD_MAX = 128;
  private static final int NICKNAME_MAX = 32;

  /// The longest text that is looked at where a wrong one is no more than wrong.
  private static final int GIVEN_MAX = 256;

  private AccountFields() {}

  static boolean isUsername(String text) {
    return text.length() >= USERNAME_MIN
        && text.length() <= USERNAME_MAX
        && text.chars().allMatch(AccountFields::isUsernameCharacter);
  }

  static String username(Fields fields) {
    String username = fields.text("username", USERNAME_MIN, USERNAME_MAX);
    if (!isUsername(username)) {
      throw fields.invalid("username", "may hold a-z, 0-9, _, . and - only");
    }
    return username;
  }

  static String password(Fields fields) {
    return fields.text("password", PASSWORD_MIN, PASSWORD_MAX);
  }

  static String nickname(Fields fields) {
    String nickname = fields.text("nickname", 1, NICKNAME_MAX);
    if (nickname.codePoints().anyMatch(AccountFields::isControl)) {
      throw fields.invalid("nickname", "must not hold control characters");
    }
    if (nickname.codePoints().allMatch(AccountFields::isInvisible)) {
      throw fields.invalid("nickname", "must not be blank");
    }
    return nickname;
  }

  static @Nullable String optionalNickname(Fields fields) {
    return fields.has("nickname") ? nickname(fields) : null;
  }

  /// A username or password that somebody claims to be theirs: one that cannot be is not invalid,
  /// it is nobody's.
  static String given(Fields fields, String name) {
    return fields.text(name, 0, GIVEN_MAX);
  }

  private static boolean isUsernameCharacter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
  }

  private static boolean isControl(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  /// White space, and what has no shape of its own (zero-width joiners stand inside emoji).
  private static boolean isInvisible(int codePoint) {
    return Character.isSpaceChar(codePoint)
        || Character.isWhitespace(codePoint)
        || Character.getType(codePoint) == Character.FORMAT;
  }
}

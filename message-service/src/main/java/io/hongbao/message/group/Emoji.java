package io.hongbao.message.group;

import java.util.regex.Pattern;

/// What counts as one emoji: one character as people see it (a grapheme cluster), of at most
/// [#CHARACTERS_MAX] code points, all of them of emoji. Flags, keycaps, skin tones and families are
/// one.
final class Emoji {

  static final int CHARACTERS_MAX = 16;

  private static final Pattern GRAPHEME = Pattern.compile("\\X");
  private static final int KEYCAP = 0x20E3;
  private static final int REGIONAL_A = 0x1F1E6;
  private static final int REGIONAL_Z = 0x1F1FF;

  private Emoji() {}

  static boolean isOne(String text) {
    return text.codePointCount(0, text.length()) <= CHARACTERS_MAX
        && GRAPHEME.matcher(text).matches()
        && text.codePoints().allMatch(Emoji::isPart)
        && text.codePoints().anyMatch(Emoji::isPicture);
  }

  private static boolean isPart(int c) {
    return Character.isEmoji(c)
        || Character.isEmojiComponent(c)
        || Character.isExtendedPictographic(c);
  }

  /// What makes an emoji of what else are digits, joiners and skin tones.
  private static boolean isPicture(int c) {
    return Character.isExtendedPictographic(c)
        || c == KEYCAP
        || (c >= REGIONAL_A && c <= REGIONAL_Z);
  }
}

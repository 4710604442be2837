package io.hongbao.message.group;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmojiTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "👍",
        "👍🏽",
        "❤️",
        "❤",
        "🇨🇳",
        "1️⃣",
        "👩‍❤️‍👨",
        "👨‍👩‍👧‍👦",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "☕",
        "🧧"
      })
  void isOne(String text) {
    assertThat(Emoji.isOne(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "1", "#", "👍👍", "👍a", "红", ":)", " ", "🏽", "\u200D", "👍 ", "<b>"})
  void isNone(String text) {
    assertThat(Emoji.isOne(text)).isFalse();
  }
}

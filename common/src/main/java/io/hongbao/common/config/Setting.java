package io.hongbao.common.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// One setting: `redpacket.expiry` is also the environment's `HONGBAO_REDPACKET_EXPIRY` and the
/// flag `--redpacket.expiry`.
///
/// @param name dotted, lower case
/// @param defaultText as a user would write it; empty where there is none
/// @param parse throws `IllegalArgumentException` with what a right value looks like
/// @param meaning one sentence for `--help` and the documentation, with the unit
public record Setting<T>(
    String name, String defaultText, Function<String, T> parse, String meaning) {

  public String environmentName() {
    return "HONGBAO_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  static Setting<String> text(String name, String defaultText, String meaning) {
    return new Setting<>(name, defaultText, text -> text, meaning);
  }

  /// One of a few words; the first is the default.
  static Setting<String> word(String name, List<String> words, String meaning) {
    return new Setting<>(name, words.getFirst(), text -> parseWord(text, words), meaning);
  }

  static Setting<Boolean> flag(String name, boolean defaultValue, String meaning) {
    return new Setting<>(name, Boolean.toString(defaultValue), Setting::parseFlag, meaning);
  }

  static Setting<Integer> count(String name, int defaultValue, int min, int max, String meaning) {
    return new Setting<>(
        name, Integer.toString(defaultValue), text -> parseCount(text, min, max), meaning);
  }

  static Setting<Duration> duration(String name, String defaultText, String meaning) {
    return new Setting<>(name, defaultText, Setting::parseDuration, meaning);
  }

  private static String parseWord(String text, List<String> words) {
    if (words.contains(text)) {
      return text;
    }
    throw new IllegalArgumentException("must be " + String.join(" or ", words));
  }

  private static Boolean parseFlag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static Integer parseCount(String text, int min, int max) {
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException _) {
      // answered below, with the bounds
    }
    throw new IllegalArgumentException("must be a whole number of " + min + " to " + max);
  }

  private static Duration parseDuration(String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.isPositive()) {
        return duration;
      }
    } catch (DateTimeParseException _) {
      // answered below, with an example
    }
    throw new IllegalArgumentException("must be a positive ISO 8601 duration such as PT30S");
  }
}

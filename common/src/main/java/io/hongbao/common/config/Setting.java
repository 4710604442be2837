package io.hongbao.common.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
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

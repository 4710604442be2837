package io.hongbao.common.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The strict reader of a request's `data`: each getter takes one field, checks type and bounds,
/// and throws [InvalidFieldException] with the field's path (`content.text`) otherwise. Unknown
/// fields are ignored; a field that is `null` counts as absent. Nothing is coerced: an id is a
/// string of decimal digits, a number a JSON integer. Lengths are counted in Unicode code points.
public final class Fields {

  /// Pages: the default and the bounds of every `limit`.
  public static final int PAGE_DEFAULT = 50;

  public static final int PAGE_MAX = 200;

  private static final int CURSOR_CHARACTERS_MAX = 256;

  private final JsonNode node;
  private final String prefix;

  private Fields(JsonNode node, String prefix) {
    this.node = node;
    this.prefix = prefix;
  }

  /// @throws InvalidFieldException with the field `data` where the bytes are no JSON object
  public static Fields of(byte[] data) {
    JsonNode node;
    try {
      node = Json.mapper().readTree(data);
    } catch (IOException e) {
      throw new InvalidFieldException("data", "data is not valid JSON");
    }
    if (!node.isObject()) {
      throw new InvalidFieldException("data", "data must be an object");
    }
    return new Fields(node, "");
  }

  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  /// A 64-bit id: a string of decimal digits.
  public long id(String name) {
    return parseId(required(name), prefix + name);
  }

  public @Nullable Long optionalId(String name) {
    return has(name) ? id(name) : null;
  }

  /// A list of different ids in the order given; a repeated one counts once.
  public List<Long> ids(String name, int countMin, int countMax) {
    JsonNode list = required(name);
    if (!list.isArray()) {
      throw invalid(name, "must be a list of ids");
    }
    var ids = new LinkedHashSet<Long>();
    for (int i = 0; i < list.size(); i++) {
      ids.add(parseId(list.get(i), prefix + name));
      if (i >= countMax) {
        throw invalid(name, "must have at most " + countMax + " ids");
      }
    }
    if (ids.size() < countMin) {
      throw invalid(name, "must have at least " + countMin + " ids");
    }
    return List.copyOf(ids);
  }

  public List<Long> optionalIds(String name, int countMax) {
    return has(name) ? ids(name, 0, countMax) : List.of();
  }

  /// A string of `min` to `max` code points without lone surrogates.
  public String text(String name, int min, int max) {
    JsonNode value = required(name);
    if (!value.isTextual()) {
      throw invalid(name, "must be a string");
    }
    String text = value.textValue();
    int length = text.codePointCount(0, text.length());
    if (length < min || length > max) {
      throw invalid(name, "must have " + min + " to " + max + " characters");
    }
    if (hasLoneSurrogate(text)) {
      throw invalid(name, "must be valid Unicode");
    }
    return text;
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return true;
        }
        i++; // past the pair
      }
    }
    return false;
  }

  public @Nullable String optionalText(String name, int min, int max) {
    return has(name) ? text(name, min, max) : null;
  }

  /// A JSON integer of `min` to `max`.
  public long integer(String name, long min, long max) {
    JsonNode value = required(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw invalid(name, "must be an integer");
    }
    long number = value.longValue();
    if (number < min || number > max) {
      throw invalid(name, "must be " + min + " to " + max);
    }
    return number;
  }

  public @Nullable Long optionalInteger(String name, long min, long max) {
    return has(name) ? integer(name, min, max) : null;
  }

  /// A JSON number, with or without a fraction, of `min` to `max`.
  public double number(String name, double min, double max) {
    JsonNode value = required(name);
    if (!value.isNumber()) {
      throw invalid(name, "must be a number");
    }
    double number = value.doubleValue();
    if (number < min || number > max) {
      throw invalid(name, "must be " + min + " to " + max);
    }
    return number;
  }

  public boolean bool(String name) {
    JsonNode value = required(name);
    if (!value.isBoolean()) {
      throw invalid(name, "must be true or false");
    }
    return value.booleanValue();
  }

  public @Nullable Boolean optionalBool(String name) {
    return has(name) ? bool(name) : null;
  }

  /// One of a closed list of words; `parse` returns null for a word that is none of them.
  public <T> T word(String name, Function<String, @Nullable T> parse) {
    JsonNode value = required(name);
    T parsed = value.isTextual() ? parse.apply(value.textValue()) : null;
    if (parsed == null) {
      throw invalid(name, "is not one of the allowed words");
    }
    return parsed;
  }

  /// The object in a field, its own fields' paths beginning with `name.`
  public Fields object(String name) {
    JsonNode value = required(name);
    if (!value.isObject()) {
      throw invalid(name, "must be an object");
    }
    return new Fields(value, prefix + name + ".");
  }

  public int limit() {
    return has("limit") ? (int) integer("limit", 1, PAGE_MAX) : PAGE_DEFAULT;
  }

  public @Nullable String cursor() {
    return optionalText("cursor", 1, CURSOR_CHARACTERS_MAX);
  }

  /// A list whose elements are strings, as they stand (for lists that mix ids and words).
  public List<String> strings(String name, int countMax) {
    JsonNode list = required(name);
    if (!list.isArray() || list.size() > countMax) {
      throw invalid(name, "must be a list of at most " + countMax);
    }
    var strings = new ArrayList<String>(list.size());
    for (JsonNode element : list) {
      if (!element.isTextual()) {
        throw invalid(name, "must be a list of strings");
      }
      strings.add(element.textValue());
    }
    return strings;
  }

  public InvalidFieldException invalid(String name, String message) {
    return new InvalidFieldException(prefix + name, name + " " + message);
  }

  private JsonNode required(String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw invalid(name, "is required");
    }
    return value;
  }

  /// The id that a string of decimal digits stands for, or null where it is none.
  public static @Nullable Long parseId(String digits) {
    if (digits.isEmpty() || digits.length() > 19) {
      return null;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return null;
      }
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException _) {
      return null; // 19 digits beyond 2^63 - 1
    }
  }

  private static long parseId(JsonNode value, String path) {
    Long id = value.isTextual() ? parseId(value.textValue()) : null;
    if (id == null) {
      throw new InvalidFieldException(path, path + " must be an id: a string of decimal digits");
    }
    return id;
  }
}

package io.hongbao.message.face;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every script keeps to, so that it runs in a Redis Cluster and can be read.
final class ScriptSourceTest {

  private static final Pattern DECLARED = Pattern.compile("-- KEYS\\[(\\d+)]  (\\w+) ");
  private static final Pattern ARGUMENT = Pattern.compile("ARGV\\[(\\d+)]");
  private static final Pattern CALL = Pattern.compile("redis\\.call\\('(\\w+)', ([^,)]+)");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "find_room",
        "enter_room",
        "leave_room",
        "mark_group",
        "claim_room",
        "release_room"
      })
  void touchesOnlyKeysThatItWasGivenAndSaysWhatEachArgumentIs(String name) throws IOException {
    String source = source(name);
    String code = source.replaceAll("(?m)^--.*$", "");
    Set<String> keys = new HashSet<>();
    DECLARED.matcher(source).results().forEach(match -> keys.add(match.group(2)));

    assertThat(keys).isNotEmpty();
    assertThat(code)
        .contains("KEYS[" + keys.size() + "]")
        .doesNotContain("KEYS[" + (keys.size() + 1));
    // `key` is the parameter of a function in find_room that is called with declared keys
    keys.add("key");
    CALL.matcher(code).results().forEach(call -> assertThat(call.group(2)).isIn(keys));
    ARGUMENT
        .matcher(code)
        .results()
        .forEach(used -> assertThat(source).contains("-- " + used.group() + "  "));
    assertThat(source).contains("-- Returns ").contains("The same");
    assertThat(source).doesNotContain("'TIME'").doesNotContain("math.random");
  }

  private static String source(String name) throws IOException {
    try (InputStream in = FindRoom.class.getResourceAsStream(name + ".lua")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

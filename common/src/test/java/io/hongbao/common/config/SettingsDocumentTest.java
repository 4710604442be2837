package io.hongbao.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds the table of settings in `docs/operations.md` against the code.
class SettingsDocumentTest {

  private static final String HEADER = "| setting | environment | default | meaning |";

  @Test
  void theTableIsAllSettingsInTheirOrder() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../docs/operations.md"));
    var expected = new ArrayList<String>();
    expected.add(HEADER);
    expected.add("| --- | --- | --- | --- |");
    Settings.ALL.forEach(setting -> expected.add(row(setting)));

    int begin = lines.indexOf(HEADER);
    assertThat(begin).as("the table's header").isNotNegative();
    int end = begin;
    while (end < lines.size() && lines.get(end).startsWith("|")) {
      end++;
    }
    assertThat(lines.subList(begin, end)).isEqualTo(expected);
  }

  private static String row(Setting<?> setting) {
    String defaultText = setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "` ";
    return "| `%s` | `%s` | %s| %s |"
        .formatted(setting.name(), setting.environmentName(), defaultText, setting.meaning());
  }
}

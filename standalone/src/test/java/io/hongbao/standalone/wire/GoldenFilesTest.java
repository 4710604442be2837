package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every operation that `docs/protocol.md` describes as there has its golden file. That these are
/// the operations of the code is tested where the operations are.
final class GoldenFilesTest {

  private static final Path DOCUMENT = Path.of("../docs/protocol.md");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z_.]+)` \\|.*");
  private static final Pattern WORD = Pattern.compile("`([a-z_.]+)`");

  @Test
  void areThereForEveryOperation() throws IOException {
    Set<String> operations = operations();
    assertThat(operations).contains("session.open", "typing", "message.send");
    assertThat(files()).containsAll(operations);
  }

  /// A file whose operation is gone is held against nothing.
  @Test
  void areOfAnOperationOrAnEventOrAreTheUnknownOne() throws IOException {
    Set<String> operations = operations();
    assertThat(files())
        .allMatch(
            file ->
                file.startsWith("event.")
                    || file.equals("no.such")
                    || operations.stream()
                        .anyMatch(op -> file.equals(op) || file.startsWith(op + ".")));
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(GoldenFrames.FOLDER)) {
      return files.map(file -> file.getFileName().toString().replace(".json", "")).toList();
    }
  }

  /// The first column of the tables of operations, but for those that come later.
  private static Set<String> operations() throws IOException {
    var operations = new TreeSet<String>();
    var later = new ArrayList<String>();
    boolean inTable = false;
    String section = "";
    for (String line : Files.readAllLines(DOCUMENT)) {
      section = line.startsWith("## ") ? line : section;
      inTable = line.startsWith("| op |") || (inTable && line.startsWith("|"));
      var row = ROW.matcher(line);
      if (inTable && row.matches()) {
        operations.add(row.group(1));
      } else if (section.equals("## Not there yet") && line.startsWith("|")) {
        WORD.matcher(line).results().forEach(word -> later.add(word.group(1)));
      }
    }
    later.forEach(operations::remove);
    return operations;
  }
}

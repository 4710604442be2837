package io.hongbao.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents say of the code and no other test holds them to.
final class DocumentsTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)`");

  @Test
  void nameTestsThatExist() throws IOException {
    var named = new TreeSet<String>();
    for (Path document : files(ROOT.resolve("docs"))) {
      TEST.matcher(Files.readString(document)).results().forEach(test -> named.add(test.group(1)));
    }
    var tests = new TreeSet<String>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.toList()) {
        for (Path file : files(module.resolve("src/test/java"))) {
          tests.add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }
    assertThat(named).hasSizeGreaterThan(20).isSubsetOf(tests);
  }

  /// But for those that a library keeps.
  @Test
  void nameATestOfEveryBound() throws IOException {
    String operations = Files.readString(ROOT.resolve("docs/operations.md"));
    String bounds = operations.split("\n## Bounds\n", 2)[1].split("\n## ", 2)[0];
    assertThat(bounds.lines().filter(line -> line.startsWith("| ")).skip(2))
        .hasSizeGreaterThan(50)
        .allSatisfy(row -> assertThat(row).containsPattern("Test`[^|]*\\|$|own bound\\) \\|$"));
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}

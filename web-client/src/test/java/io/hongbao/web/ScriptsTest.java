package io.hongbao.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the tests of the page's scripts, which are written for node's own test runner: no package
/// is needed, only node 20 or later.
final class ScriptsTest {
  private static final Path TESTS = Path.of("src/test/js");
  private static final int NODE_MIN = 20;
  private static final Duration TIME_MAX = Duration.ofMinutes(2);

  static List<String> testFiles() throws IOException {
    try (var files = Files.list(TESTS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".test.js"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("testFiles")
  void passes(String file, @TempDir Path folder) throws Exception {
    assumeTrue(nodeVersion(folder) >= NODE_MIN, "skipped: needs node 20 or later on the PATH");

    Path output = folder.resolve("output");
    int status = run(output, "node", "--test", TESTS.resolve(file).toString());

    assertThat(status).as(() -> textOf(output)).isZero();
    assertThat(output).content().containsPattern("pass [1-9]");
  }

  /// The major version of the node on the PATH, 0 where there is none.
  private static int nodeVersion(Path folder) throws InterruptedException {
    Path output = folder.resolve("version");
    try {
      run(output, "node", "--version");
    } catch (IOException _) {
      return 0;
    }
    String version = textOf(output).strip();
    return Integer.parseInt(version.substring(1, version.indexOf('.')));
  }

  private static int run(Path output, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(TIME_MAX)).as("ended within %s", TIME_MAX).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

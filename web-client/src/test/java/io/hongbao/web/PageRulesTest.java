package io.hongbao.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What every file of the page keeps to, so that it works offline, under a strict content security
/// policy, and with whatever people write.
final class PageRulesTest {
  private static final Path WEB = Path.of("src/main/resources/web");
  private static final int LINES_MAX = 260;

  /// Also of a worker.
  private static final Pattern IMPORT =
      Pattern.compile("(?:from |import |new URL\\()\"([^\"]+\\.js)\"");

  private static final Pattern LINKED = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"");
  private static final Pattern PARSES_TEXT =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|\\beval\\(|new Function");
  private static final Pattern INLINE =
      Pattern.compile("<style|<script(?![^>]*src=)[^>]*>|\\son\\w+=|\\sstyle=|javascript:");
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?:src|href|url\\(|from|import|fetch\\()\\s*[=(]?\\s*[\"']?(?:https?:)?//");

  @TestFactory
  Stream<DynamicTest> noFileLoadsAnythingFromElsewhere() throws IOException {
    return each("", file -> assertThat(ELSEWHERE.matcher(textOf(file)).results()).isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> noScriptParsesTextAsHtml() throws IOException {
    return each(".js", file -> assertThat(PARSES_TEXT.matcher(textOf(file)).results()).isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> noScriptAndNoStyleIsLong() throws IOException {
    Rule isShort = file -> assertThat(Files.readAllLines(file)).hasSizeLessThan(LINES_MAX);
    return Stream.concat(each(".js", isShort), each(".css", isShort));
  }

  @TestFactory
  Stream<DynamicTest> everyImportIsThere() throws IOException {
    return each(".js", file -> assertThat(importsOf(file)).allMatch(Files::isRegularFile));
  }

  @Test
  void everyScriptIsImported() throws IOException {
    List<Path> scripts = files(".js");
    List<Path> imported =
        scripts.stream().flatMap(file -> importsOf(file).stream()).distinct().toList();
    assertThat(scripts).filteredOn(file -> !file.endsWith("main.js")).allMatch(imported::contains);
  }

  @Test
  void thePageHasNothingInline() {
    assertThat(INLINE.matcher(textOf(WEB.resolve("index.html"))).results()).isEmpty();
  }

  @Test
  void everythingThePageLinksIsThere() {
    Matcher links = LINKED.matcher(textOf(WEB.resolve("index.html")));
    assertThat(links.results().map(link -> WEB.resolve(link.group(1).substring(1))))
        .hasSizeGreaterThan(5)
        .allMatch(Files::isRegularFile);
  }

  @Test
  void thePageIsOnTheClassPath() {
    assertThat(PageRulesTest.class.getResource("/web/index.html")).isNotNull();
    assertThat(PageRulesTest.class.getResource("/web/js/main.js")).isNotNull();
  }

  private interface Rule {
    void holdsFor(Path file) throws IOException;
  }

  private static Stream<DynamicTest> each(String ending, Rule rule) throws IOException {
    return files(ending).stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    WEB.relativize(file).toString(), () -> rule.holdsFor(file)));
  }

  private static List<Path> files(String ending) throws IOException {
    try (var files = Files.walk(WEB)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(ending))
          .sorted()
          .toList();
    }
  }

  private static List<Path> importsOf(Path script) {
    return IMPORT
        .matcher(textOf(script))
        .results()
        .map(found -> found.group(1))
        .map(name -> script.resolveSibling(name).normalize())
        .toList();
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("not readable: " + file, e);
    }
  }
}

package io.hongbao.message;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.error.CloseCode;
import io.hongbao.common.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds `docs/protocol.md` against the code of all modules.
class ProtocolDocumentTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern CODE = Pattern.compile("`([a-z_.]+)`");
  private static final Pattern CELL = Pattern.compile("\\|");
  private static final Pattern FIRST_CELL = Pattern.compile("\\| `([a-z_.]+)` \\|.*");
  private static final Pattern ERROR_ROW = Pattern.compile("\\| `([a-z_]+)` \\| (\\d*) ?\\|.*");
  private static final Pattern CLOSE_ROW = Pattern.compile("\\| (\\d{4}) \\|.*");

  /// How every request type reads its operations, and how they look in it.
  private static final String PARSER = "parse(String op, Fields fields)";

  private static final Pattern OPERATION = Pattern.compile("case \"([a-z]+[.][a-z_]+|typing)\" ->");

  /// The operations that the gateway answers itself.
  private static final Path GATEWAY = Path.of("connection-gateway");

  private static final Pattern SESSION_OPERATION = Pattern.compile("\"(session\\.[a-z_]+)\"");

  /// What HTTP calls are to the service behind them; no client sends these over a WebSocket.
  private static final Map<String, String> HTTP_CALLS =
      Map.of(
          "account.create", "| `POST /api/v1/accounts` |",
          "account.token", "| `POST /api/v1/tokens` |");

  private final List<String> lines = Files.readAllLines(ROOT.resolve("docs/protocol.md"));

  ProtocolDocumentTest() throws IOException {}

  @Test
  void namesEveryErrorCodeWithItsHttpStatusAndNoOther() {
    var documented = new HashMap<String, String>();
    matches(section("## Errors"), ERROR_ROW).forEach(row -> documented.put(row[1], row[2]));

    var inCode = new HashMap<String, String>();
    for (ErrorCode code : ErrorCode.values()) {
      inCode.put(code.wireName(), String.valueOf(code.httpStatus()));
    }
    later(5).forEach(code -> inCode.put(code, ""));
    assertThat(documented).isEqualTo(inCode);
  }

  @Test
  void namesEveryCloseCodeAndNoOther() {
    List<Integer> documented =
        matches(section("### Close codes"), CLOSE_ROW).map(row -> Integer.valueOf(row[1])).toList();

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(CloseCode.values()).map(CloseCode::status).toList());
  }

  @Test
  void describesEveryOperationThatTheCodeKnows() throws IOException {
    Set<String> described = described();
    described.removeAll(later(2));

    Set<String> known = known();
    HTTP_CALLS.forEach(
        (op, call) -> {
          assertThat(known.remove(op)).as(op).isTrue();
          assertThat(lines).anyMatch(line -> line.startsWith(call));
        });
    assertThat(described).containsAll(known);
  }

  /// Family by family (`user.…`): a family that no module has is none that this could miss.
  @Test
  void describesNoOperationAsThereThatTheCodeDoesNotKnow() throws IOException {
    Set<String> known = known();
    Set<String> families =
        known.stream().map(ProtocolDocumentTest::family).collect(toCollection(TreeSet::new));
    Set<String> described = described();
    described.removeAll(later(2));
    described.removeIf(op -> !families.contains(family(op)));

    assertThat(known).containsAll(described);
  }

  @Test
  void whatComesLaterIsDescribedToo() {
    assertThat(described()).containsAll(later(2));
    assertThat(firstCells(section("## Events"))).containsAll(later(4));
    assertThat(firstCells(section("## The group log"))).containsAll(later(3));
  }

  /// The operations of all tables that have a column `op`.
  private Set<String> described() {
    var operations = new TreeSet<String>();
    boolean inTable = false;
    for (String line : lines) {
      inTable = line.startsWith("| op |") || (inTable && line.startsWith("|"));
      var row = FIRST_CELL.matcher(line);
      if (inTable && row.matches()) {
        operations.add(row.group(1));
      }
    }
    return operations;
  }

  /// What the code knows: the labels in the `parse` of every request type, in whatever module, and
  /// the gateway's own.
  private static Set<String> known() throws IOException {
    var operations = new TreeSet<String>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.toList()) {
        for (String source : sources(module)) {
          int parser = source.indexOf(PARSER);
          if (parser >= 0) {
            operations.addAll(words(source.substring(parser), OPERATION));
          }
          if (module.endsWith(GATEWAY)) {
            operations.addAll(words(source, SESSION_OPERATION));
          }
        }
      }
    }
    return operations;
  }

  private static List<String> sources(Path module) throws IOException {
    Path root = module.resolve("src/main/java");
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    var sources = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        sources.add(Files.readString(file));
      }
    }
    return sources;
  }

  private static Set<String> words(String text, Pattern word) {
    return word.matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(toCollection(TreeSet::new));
  }

  /// The words in one column of the table of what is not there yet.
  private Set<String> later(int column) {
    return section("## Not there yet").stream()
        .filter(line -> line.startsWith("| `"))
        .flatMap(line -> CODE.matcher(CELL.splitAsStream(line).toList().get(column)).results())
        .map(word -> word.group(1))
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> firstCells(List<String> section) {
    return matches(section, FIRST_CELL).map(row -> row[1]).collect(toCollection(TreeSet::new));
  }

  private static Stream<String[]> matches(List<String> section, Pattern row) {
    return section.stream()
        .map(row::matcher)
        .filter(matcher -> matcher.matches())
        .map(
            matcher -> {
              var groups = new String[matcher.groupCount() + 1];
              for (int i = 0; i < groups.length; i++) {
                groups[i] = matcher.group(i);
              }
              return groups;
            });
  }

  private List<String> section(String heading) {
    int begin = lines.indexOf(heading);
    assertThat(begin).as(heading).isNotNegative();
    int end = begin + 1;
    while (end < lines.size() && !lines.get(end).startsWith("## ")) {
      end++;
    }
    return lines.subList(begin, end);
  }

  private static String family(String op) {
    return op.replaceAll("\\..*", "");
  }
}

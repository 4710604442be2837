package io.hongbao.standalone.wire;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The names of metrics: those that a server shows, and those in the table of `docs/operations.md`.
public final class Metrics {

  private static final Path DOCUMENT = Path.of("../docs/operations.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| (`hongbao_[^|]*) \\|", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");
  private static final Pattern FAMILY = Pattern.compile("^# TYPE (\\w+) \\w+$", Pattern.MULTILINE);

  private Metrics() {}

  public static Set<String> shownOn(int managementPort) {
    return firstGroups(FAMILY, WireClient.get(managementPort, "/metrics").body());
  }

  public static Set<String> documented() throws IOException {
    var names = new TreeSet<String>();
    for (String cell : firstGroups(ROW, Files.readString(DOCUMENT))) {
      names.addAll(firstGroups(NAME, cell));
    }
    return names;
  }

  private static Set<String> firstGroups(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(toCollection(TreeSet::new));
  }
}

package io.hongbao.standalone.wire;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.standalone.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Holds the table of metrics in `docs/operations.md` against what a running server shows.
@ExtendWith(ServerExtension.class)
final class MetricsDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/operations.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| (`hongbao_[^|]*) \\|", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

  /// A family of samples; the highest value lately of another one (`_max`) is none of its own.
  private static final Pattern FAMILY =
      Pattern.compile("^# TYPE (hongbao_\\w+?)(_max)? \\w+$", Pattern.MULTILINE);

  /// What only nodes of a cluster have; see [ClusterTest].
  static final String BETWEEN_NODES = "hongbao_cluster_";

  private final Server server;

  MetricsDocumentTest(Server server) {
    this.server = server;
  }

  @Test
  void theTableIsAllMetricsOfAServerThatHasBeenUsed() throws IOException {
    try (var client = WireClient.join(server.port(), "Ann")) {
      client.ask("session.ping", Map.of());
    }
    await().until(() -> shown().contains("hongbao_gateway_closes_total"));

    assertThat(shown())
        .containsExactlyInAnyOrderElementsOf(
            documented().stream().filter(name -> !name.startsWith(BETWEEN_NODES)).toList());
  }

  @Test
  void everyPoolOfConnectionsIsNamedByItsService() {
    assertThat(WireClient.get(server.managementPort(), "/metrics").body())
        .contains(
            "hikaricp_connections_pending{pool=\"message\"}",
            "hikaricp_connections_pending{pool=\"redpacket\"}",
            "hikaricp_connections_pending{pool=\"media\"}")
        .doesNotContain("pool=\"mysql\"");
  }

  private Set<String> shown() {
    return shownOn(server.managementPort());
  }

  static Set<String> shownOn(int managementPort) {
    return firstGroups(FAMILY, WireClient.get(managementPort, "/metrics").body());
  }

  static Set<String> documented() throws IOException {
    var names = new TreeSet<String>();
    for (String cell : firstGroups(ROW, Files.readString(DOCUMENT))) {
      names.addAll(firstGroups(NAME, cell));
    }
    return names;
  }

  private static Set<String> firstGroups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).collect(toSet());
  }
}

package io.hongbao.standalone.wire;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.standalone.Server;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Holds the table of metrics in `docs/operations.md` against what a running server shows.
@ExtendWith(ServerExtension.class)
final class MetricsDocumentTest {

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
            Metrics.documented().stream().filter(name -> !name.startsWith(BETWEEN_NODES)).toList());
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

  /// Ours; the highest value lately of another one (`_max`) is none of its own.
  static Set<String> shownOn(int managementPort) {
    return Metrics.shownOn(managementPort).stream()
        .filter(name -> name.startsWith("hongbao_"))
        .map(name -> name.replaceFirst("_max$", ""))
        .collect(toSet());
  }
}

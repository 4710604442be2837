package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Settings;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.standalone.Node;
import io.hongbao.standalone.NodeRole;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class NodeStartTest {

  private final Map<String, String> settings;

  NodeStartTest(TestServices services) {
    settings =
        new HashMap<>(
            Map.of(
                "cluster.port", "0",
                "cluster.message", "127.0.0.1:1",
                "cluster.push", "127.0.0.1:1",
                "mysql.url", services.jdbcUrl(),
                "mysql.user", services.user(),
                "mysql.password", services.password(),
                "redis.url", services.redisUrl()));
  }

  @Test
  void livesWhileItWaitsForItsTablesAndIsReadyAfterwards() throws Exception {
    int port = freePort();
    settings.put("management.port", Integer.toString(port));
    CompletableFuture<Node> starting;
    try (var other =
            DriverManager.getConnection(
                settings.get("mysql.url"),
                settings.get("mysql.user"),
                settings.get("mysql.password"));
        var statement = other.createStatement()) {
      statement.execute("SELECT GET_LOCK(CONCAT(DATABASE(), '.tables'), 0)");
      starting = CompletableFuture.supplyAsync(this::start);
      await()
          .ignoreException(IllegalStateException.class)
          .until(() -> WireClient.get(port, "/health/live").statusCode() == 200);
      assertThat(WireClient.get(port, "/health/ready").body()).contains("\"missing\":[\"start\"]");
      assertThat(starting).isNotDone();
    }
    try (Node _ = starting.join()) {
      assertThat(WireClient.get(port, "/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void namesARedisUrlThatIsNoneButNotThePasswordInIt() {
    settings.put("management.port", "0");
    settings.put("redis.url", "redis://:se cret@127.0.0.1:6379");
    assertThatThrownBy(this::start)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("redis.url must be redis://")
        .hasMessageNotContaining("se cret")
        .hasNoCause();
  }

  private Node start() {
    return Node.start(NodeRole.REDPACKET, Settings.of(settings));
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}

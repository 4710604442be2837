package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Settings;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.standalone.Node;
import io.hongbao.standalone.NodeRole;
import java.util.HashMap;
import java.util.Map;
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
}

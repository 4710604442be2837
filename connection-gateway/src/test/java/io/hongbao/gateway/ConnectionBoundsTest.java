package io.hongbao.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.gateway.kit.RawHttp;
import io.hongbao.gateway.kit.TestGateway;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// More connections than there may be.
class ConnectionBoundsTest {

  @Test
  void closesAtOnceWhereEvenTheRefusedAreTooMany() throws IOException {
    try (TestGateway server = TestGateway.start("gateway.connections-max", "1")) {
      var connections = new ArrayList<RawHttp>();
      try {
        for (int i = 0; i <= ClientConnections.REFUSED_MAX; i++) {
          connections.add(RawHttp.connect(server.gateway.port()));
        }
        await().until(() -> open(server) == 1 + ClientConnections.REFUSED_MAX);
        try (RawHttp closed = RawHttp.connect(server.gateway.port())) {
          assertThat(closed.isAtEnd()).isTrue();
        }
        RawHttp refused = connections.getLast();
        refused.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(refused.read().status()).isEqualTo(503);
      } finally {
        for (RawHttp connection : connections) {
          connection.close();
        }
      }
    }
  }

  private static double open(TestGateway server) {
    return server.meters.get("hongbao.gateway.connections").gauge().value();
  }
}

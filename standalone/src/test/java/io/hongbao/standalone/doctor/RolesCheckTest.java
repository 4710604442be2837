package io.hongbao.standalone.doctor;

import static io.hongbao.standalone.doctor.Finding.Level.OK;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.hongbao.common.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RolesCheckTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void findsTheInstanceThatIsGone() throws IOException {
    try (var socket = new ServerSocket(0, 1, LOOPBACK)) {
      String alive = "127.0.0.1:" + socket.getLocalPort();
      List<Finding> found = look("cluster.message", alive + ", 127.0.0.1:1");
      assertThat(found.get(0).level()).isEqualTo(OK);
      assertThat(found.get(0).says()).contains(alive);
      assertThat(found.get(1)).matches(Finding::isFailure);
      assertThat(found.get(1).toString()).contains("message", "127.0.0.1:1 takes no connections");
    }
  }

  @Test
  void findsANameThatStandsForNothing() {
    assertThat(look("cluster.push", "push.invalid:9090").getFirst())
        .matches(Finding::isFailure)
        .asString()
        .contains("push.invalid stands for no address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"media", "media:99999"})
  void findsAnAddressThatIsNone(String address) {
    assertThat(look("cluster.media", address).getFirst())
        .matches(Finding::isFailure)
        .asString()
        .contains("cluster.media must be host:port", address);
  }

  @Test
  void findsAGatewayThatIsNotReady() throws IOException {
    HttpServer gateway = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    gateway.createContext(
        "/health/ready",
        exchange -> {
          byte[] body = "{\"missing\":[\"message\"]}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    gateway.start();
    try {
      String url = "http://127.0.0.1:" + gateway.getAddress().getPort();
      assertThat(look("doctor.gateways", url + "/"))
          .singleElement()
          .matches(Finding::isFailure)
          .asString()
          .contains("status 503", "message");
    } finally {
      gateway.stop(0);
    }
  }

  @Test
  void findsAGatewayThatDoesNotAnswer() {
    assertThat(look("doctor.gateways", "http://127.0.0.1:1"))
        .singleElement()
        .matches(Finding::isFailure)
        .asString()
        .contains("does not answer");
  }

  private static List<Finding> look(String name, String value) {
    return RolesCheck.of(Settings.of(Map.of(name, value)));
  }
}

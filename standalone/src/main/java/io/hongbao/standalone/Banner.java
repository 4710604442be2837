package io.hongbao.standalone;

import io.hongbao.common.config.Settings;
import java.time.Duration;

/// What a person wants to see when the server is up: where to go, and what runs where.
final class Banner {

  private Banner() {}

  static String of(Server server, Settings settings, Duration startTime) {
    boolean tls = !settings.get(Settings.TLS_CERTIFICATE).isEmpty();
    String host = "localhost:" + server.port();
    return """

    Hongbao is ready after %.1f s.

      Page        %s://%s/
      WebSocket   %s://%s/ws
      Management  http://localhost:%d/metrics and /health/ready
      MySQL       %s
      Redis       %s
      S3          %s
      Data        %s

    Ctrl-C stops it.
    """
        .formatted(
            startTime.toMillis() / 1000.0,
            tls ? "https" : "http",
            host,
            tls ? "wss" : "ws",
            host,
            server.managementPort(),
            server.stores().database().place(),
            server.stores().redis().place(),
            server.s3().place(),
            settings.get(Settings.DATA).toAbsolutePath().normalize());
  }

  static String of(NodeRole role, Node node, Duration startTime) {
    return "Hongbao is ready after %.1f s: %s, port %d, management port %d"
        .formatted(startTime.toMillis() / 1000.0, role.word(), node.port(), node.managementPort());
  }
}

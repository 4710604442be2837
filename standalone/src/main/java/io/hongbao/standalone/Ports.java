package io.hongbao.standalone;

import io.hongbao.common.config.Setting;
import io.hongbao.common.config.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Looks whether the ports can be had before anything is started.
final class Ports {

  private Ports() {}

  /// @throws CannotStartException naming the setting of a port that is taken
  static void requireFree(Settings settings) {
    requireFree(Settings.PORT, settings.get(Settings.PORT), settings.get(Settings.BIND));
    requireFree(
        Settings.MANAGEMENT_PORT,
        settings.get(Settings.MANAGEMENT_PORT),
        settings.get(Settings.MANAGEMENT_BIND));
  }

  private static void requireFree(Setting<Integer> setting, int port, String address) {
    if (port <= 0) {
      return; // any free one
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new CannotStartException(
          "Port %d on %s cannot be used: %s. Stop what uses it, or give --%s."
              .formatted(port, address, e.getMessage(), setting.name()),
          e);
    }
  }
}

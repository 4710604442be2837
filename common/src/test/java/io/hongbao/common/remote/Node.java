package io.hongbao.common.remote;

import io.hongbao.common.config.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;

/// One process of a test's cluster: everything served on a port of loopback.
final class Node implements AutoCloseable {

  final FakeExchange exchange = new FakeExchange("pins", "roles");
  final FakePush push = new FakePush();
  final FakeAnswers answers = new FakeAnswers();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final ContractServer server;

  private Node(ClusterConfig config) {
    server =
        ContractServer.with(config, meters)
            .exchange(exchange)
            .identity(answers)
            .memberships(answers)
            .groupLog(answers)
            .unreadMembers(answers)
            .sentMedia(answers)
            .push(push, push)
            .mediaLibrary(answers)
            .avatars(answers)
            .start();
  }

  static Node start() {
    return startOn(0);
  }

  static Node startOn(int port) {
    return start(config("cluster.port", Integer.toString(port)));
  }

  static Node start(ClusterConfig config) {
    return new Node(config);
  }

  /// The settings that lead to these nodes, and others: name, value, name, value, …
  static ClusterConfig config(String... settings) {
    Map<String, String> flags = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      flags.put(settings[i], settings[i + 1]);
    }
    flags.putIfAbsent("cluster.port", "0");
    return ClusterConfig.of(Settings.of(flags));
  }

  /// All roles are at these addresses.
  static ClusterConfig at(String addresses) {
    return config(
        "cluster.message",
        addresses,
        "cluster.push",
        addresses,
        "cluster.redpacket",
        addresses,
        "cluster.media",
        addresses);
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}

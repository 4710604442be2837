package io.hongbao.standalone.wire;

import io.hongbao.common.config.Settings;
import io.hongbao.embedded.EmbeddedS3;
import io.hongbao.embedded.FreePort;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.standalone.Node;
import io.hongbao.standalone.NodeRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// Two of each role but the media storage, in this JVM: they meet each other through sockets only.
final class TestCluster implements AutoCloseable {

  /// One of the nodes of a role, from 0.
  record Place(NodeRole role, int number) {}

  private static final List<Place> PLACES =
      List.of(
          new Place(NodeRole.GATEWAY, 0),
          new Place(NodeRole.GATEWAY, 1),
          new Place(NodeRole.REDPACKET, 0),
          new Place(NodeRole.REDPACKET, 1),
          new Place(NodeRole.MEDIA, 0),
          new Place(NodeRole.MESSAGE, 0),
          new Place(NodeRole.MESSAGE, 1),
          new Place(NodeRole.PUSH, 0),
          new Place(NodeRole.PUSH, 1));

  private final Map<Place, Integer> ports = new HashMap<>();
  private final Map<Place, Node> nodes = new ConcurrentHashMap<>();
  private final Map<String, String> settings;
  private final EmbeddedS3 s3;

  private TestCluster(TestServices services, Map<String, String> more) throws IOException {
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "cluster.");
    this.s3 = EmbeddedS3.start(folder.resolve("s3"), "cluster", "a secret of the store");
    for (Place place : PLACES) {
      ports.put(place, FreePort.find());
    }
    this.settings = new HashMap<>(ServerExtension.settings(folder.resolve("data")));
    settings.putAll(
        Map.of(
            "auth.token-secret", "a secret that all message services share",
            "cluster.secret", "a secret that all nodes of the cluster share",
            "mysql.url", services.jdbcUrl(),
            "mysql.user", services.user(),
            "mysql.password", services.password(),
            "mysql.connections", "6",
            "redpacket.connections", "4"));
    settings.putAll(
        Map.of(
            "redis.url", services.redisUrl(),
            "s3.url", s3.url(),
            "s3.access-key", s3.accessKey(),
            "s3.secret-key", s3.secretKey()));
    settings.putAll(more);
    for (NodeRole role : NodeRole.values()) {
      if (role != NodeRole.GATEWAY) {
        settings.put("cluster." + role.word(), addresses(role));
      }
    }
  }

  /// All at once, gateways first: no node needs another one to start.
  ///
  /// @param more settings of all nodes
  static TestCluster start(TestServices services, Map<String, String> more) throws Exception {
    var cluster = new TestCluster(services, more);
    try (var starts = Executors.newCachedThreadPool()) { // platform threads, as where nodes start
      var started = new ArrayList<Future<?>>();
      PLACES.forEach(place -> started.add(starts.submit(() -> cluster.start(place))));
      for (Future<?> each : started) {
        each.get();
      }
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /// Where clients reach a gateway.
  int port(int gateway) {
    return portOf(new Place(NodeRole.GATEWAY, gateway));
  }

  int managementPort(NodeRole role, int number) {
    Node node = nodes.get(new Place(role, number));
    if (node == null) {
      throw new IllegalStateException("it does not run");
    }
    return node.managementPort();
  }

  /// How many there are of a role.
  int count(NodeRole role) {
    return (int) PLACES.stream().filter(place -> place.role == role).count();
  }

  void stop(NodeRole role, int number) {
    Node node = nodes.remove(new Place(role, number));
    if (node != null) {
      node.close();
    }
  }

  void start(NodeRole role, int number) {
    start(new Place(role, number));
  }

  /// Gateways first, as an operator would.
  @Override
  public void close() {
    for (Place place : PLACES) {
      stop(place.role, place.number);
    }
    s3.close();
  }

  private void start(Place place) {
    var own = new HashMap<>(settings);
    own.put(
        place.role == NodeRole.GATEWAY ? "port" : "cluster.port", Integer.toString(portOf(place)));
    nodes.put(place, Node.start(place.role, Settings.of(own)));
  }

  private String addresses(NodeRole role) {
    return PLACES.stream()
        .filter(place -> place.role == role)
        .map(place -> "127.0.0.1:" + portOf(place))
        .collect(Collectors.joining(","));
  }

  private int portOf(Place place) {
    Integer port = ports.get(place);
    if (port == null) {
      throw new IllegalArgumentException("no such node: " + place);
    }
    return port;
  }
}

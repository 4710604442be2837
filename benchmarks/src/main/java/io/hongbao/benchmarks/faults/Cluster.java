package io.hongbao.benchmarks.faults;

import io.hongbao.benchmarks.Ground;
import io.hongbao.benchmarks.ServerProcess;
import io.hongbao.benchmarks.Together;
import io.hongbao.embedded.EmbeddedS3;
import io.hongbao.embedded.FreePort;
import io.hongbao.standalone.NodeRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Gateways, services of each kind and a media storage, each a process, on one database, one Redis
/// and one S3 store.
public final class Cluster implements AutoCloseable {

  /// One process, which is always started at the same place.
  public record Node(NodeRole role, int number, int port) {

    @Override
    public String toString() {
      return role.word() + " " + number;
    }
  }

  private final Path folder;
  private final Ground ground;
  private final EmbeddedS3 s3;
  private final List<String> flags;
  private final List<String> settings;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Node, ServerProcess> processes = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();

  private Cluster(
      Path folder,
      Ground ground,
      int gateways,
      int services,
      List<String> flags,
      List<String> settings)
      throws IOException {
    this.folder = folder;
    this.ground = ground;
    this.flags = flags;
    this.settings = settings;
    this.s3 = EmbeddedS3.start(folder.resolve("s3"), "chaos", "the secret of the store");
    for (NodeRole role : NodeRole.values()) {
      int count =
          switch (role) {
            case GATEWAY -> gateways;
            case MESSAGE, PUSH, REDPACKET -> services;
            case MEDIA -> 1;
          };
      for (int number = 1; number <= count; number++) {
        nodes.add(new Node(role, number, FreePort.find()));
      }
    }
  }

  /// Two gateways and two services of each kind.
  ///
  /// @param flags more of the nodes' JVMs
  public static Cluster start(Path folder, String... flags) throws IOException {
    return start(folder, 2, 2, List.of(flags), List.of("--mysql.connections=8"));
  }

  /// Returns when every gateway can serve clients.
  ///
  /// @param services of each kind, but one media storage
  /// @param flags more of the nodes' JVMs
  /// @param settings more of the nodes', `--name=value`
  public static Cluster start(
      Path folder, int gateways, int services, List<String> flags, List<String> settings)
      throws IOException {
    var cluster = new Cluster(folder, Ground.prepare(folder), gateways, services, flags, settings);
    try {
      Together.all(cluster.nodes.size(), i -> cluster.start(cluster.nodes.get(i)));
      for (Node node : cluster.nodes) {
        if (node.role == NodeRole.GATEWAY) {
          cluster.process(node).awaitReady();
        }
      }
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /// The ports of all gateways.
  public List<Integer> gateways() {
    return ports(_ -> true);
  }

  private List<Integer> ports(Predicate<Node> wanted) {
    return nodes.stream()
        .filter(node -> node.role == NodeRole.GATEWAY)
        .filter(wanted)
        .map(Node::port)
        .toList();
  }

  public ServerProcess process(Node node) {
    return Objects.requireNonNull(processes.get(node), "it was not started");
  }

  /// The port of a gateway, each time another one's: as balancers do, past one that is gone.
  int gateway() {
    List<Integer> all = gateways();
    List<Integer> alive = ports(node -> process(node).isAlive());
    List<Integer> from = alive.isEmpty() ? all : alive;
    return from.get(connections.getAndIncrement() % from.size());
  }

  Ground ground() {
    return ground;
  }

  void kill(Node node) {
    process(node).kill();
  }

  /// Returns when it is ready.
  ServerProcess start(Node node) {
    var all = new ArrayList<>(common());
    all.addAll(settings);
    all.add("--management.port=0");
    all.add((node.role == NodeRole.GATEWAY ? "--port=" : "--cluster.port=") + node.port);
    all.add("--data=" + folder.resolve("data-" + node.role.word() + node.number));
    try {
      ServerProcess process = ground.startNode(node.role.word(), node.port, flags, all);
      processes.put(node, process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    processes.values().forEach(ServerProcess::close);
    s3.close();
    ground.close();
  }

  private List<String> common() {
    Stream<String> addresses =
        Stream.of(NodeRole.values())
            .filter(role -> role != NodeRole.GATEWAY)
            .map(
                role ->
                    nodes.stream()
                        .filter(node -> node.role == role)
                        .map(node -> "127.0.0.1:" + node.port)
                        .collect(Collectors.joining(",", "--cluster." + role.word() + "=", "")));
    return Stream.concat(
            addresses,
            Stream.of(
                "--cluster.secret=the secret of the nodes of this cluster",
                "--auth.token-secret=the secret of all message services",
                "--redpacket.connections=4",
                "--s3.url=" + s3.url(),
                "--s3.access-key=" + s3.accessKey(),
                "--s3.secret-key=" + s3.secretKey()))
        .toList();
  }
}

package io.hongbao.benchmarks;

import io.hongbao.benchmarks.faults.Cluster;
import io.hongbao.embedded.FreePort;
import io.hongbao.standalone.Main;
import io.hongbao.standalone.wire.WireClient;
import io.hongbao.standalone.wire.WireClient.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/// The whole server in one process, beside a cluster with a process for each role and one gateway
/// or two: what the way between processes costs, on one machine.
final class ScaleOut {

  private static final List<Workload> WORKLOADS =
      List.of(
          new Workload("50 groups of 10", 50, 10, 16), new Workload("5 groups of 100", 5, 100, 16));

  /// For a server that has just been started, all its gateways at once.
  private static final Pace COLD =
      new Pace(Duration.ofSeconds(16), Duration.ofSeconds(24), Duration.ofSeconds(1), 1);

  private static final Pace PACE =
      new Pace(Duration.ofSeconds(6), Duration.ofSeconds(12), Duration.ofSeconds(2), 3);

  /// How long sends go one by one, once to warm up and once to count.
  private static final Duration ONE_BY_ONE = Duration.ofSeconds(4);

  private static final String TEXT = "x".repeat(Servers.TEXT_BYTES);

  private static final List<String> SETTINGS =
      List.of(
          "--session.requests-per-second=1000000",
          "--session.requests-burst=1000000",
          "--mysql.connections=16");

  private final Path folder = Path.of("target", "scale-out").toAbsolutePath();
  private final Map<Workload, Double> deliveriesOfOneProcess = new HashMap<>();
  private final List<List<String>> sends = new ArrayList<>();
  private final Table fanout =
      new Table(
          "One process and a cluster, deliveries per second",
          List.of(
              "workload",
              "processes",
              "deliveries/s",
              "of one process",
              "us/delivery",
              "us/delivery by role",
              "p50 / p99 ms"));

  private ScaleOut() {}

  /// What clients connect to, and the processes of each role.
  private record Deployment(
      String name, List<Integer> ports, Map<String, List<ServerProcess>> processes) {

    /// Processor time so far by role; what is left is that of the stores.
    Map<String, Double> cpuSeconds() {
      var seconds = new TreeMap<String, Double>();
      processes.forEach(
          (role, each) ->
              seconds.put(role, each.stream().mapToDouble(ServerProcess::cpuSeconds).sum()));
      double servers = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
      seconds.put("stores", ServerProcess.cpuSecondsOfAll() - servers);
      return seconds;
    }
  }

  static void run() throws IOException, InterruptedException {
    var scaleOut = new ScaleOut();
    scaleOut.measureOneProcess();
    scaleOut.measureCluster();
    var table =
        new Table(
            "A durable send, one in flight, until its reply",
            List.of("processes", "p50 ms", "p99 ms"));
    scaleOut.sends.forEach(row -> table.row(row.toArray(String[]::new)));
  }

  private void measureOneProcess() throws IOException, InterruptedException {
    try (Ground ground = Ground.prepare(folder);
        ServerProcess server =
            ground.startHongbao(Main.class, FreePort.find(), Servers.FLAGS, SETTINGS)) {
      var processes = Map.of("server", List.of(server));
      measure(List.of(new Deployment("one", List.of(server.port()), processes)));
    }
  }

  /// Has two gateways, of which one is idle at first.
  private void measureCluster() throws IOException, InterruptedException {
    try (Cluster cluster = Cluster.start(folder, 2, 1, Servers.FLAGS, SETTINGS)) {
      var processes = new HashMap<String, List<ServerProcess>>();
      for (Cluster.Node node : cluster.nodes()) {
        processes
            .computeIfAbsent(node.role().word(), _ -> new ArrayList<>())
            .add(cluster.process(node));
      }
      List<Integer> gateways = cluster.gateways();
      measure(
          List.of(
              new Deployment("one for each role", gateways.subList(0, 1), processes),
              new Deployment("the same, 2 gateways", gateways, processes)));
    }
  }

  /// @param deployments of the same processes
  private void measure(List<Deployment> deployments) throws IOException, InterruptedException {
    Deployment whole = deployments.getLast();
    for (Workload workload : WORKLOADS) {
      HongbaoGroups groups = HongbaoGroups.make(workload, whole.ports.getFirst());
      if (workload.equals(WORKLOADS.getFirst())) {
        try (var load = open(whole, groups, workload)) {
          Measurement.warmUp(load, COLD);
        }
      }
      for (Deployment deployment : deployments) {
        groups = groups.again();
        measure(deployment, groups, workload);
      }
    }
    sendOneByOne(deployments.getFirst());
  }

  private static LoadGenerator open(Deployment deployment, HongbaoGroups groups, Workload workload)
      throws IOException, InterruptedException {
    var load = new LoadGenerator(groups, workload, deployment.ports, Servers.TEXT_BYTES).open();
    load.start();
    return load;
  }

  private void measure(Deployment deployment, HongbaoGroups groups, Workload workload)
      throws IOException, InterruptedException {
    try (var load = open(deployment, groups, workload)) {
      Measurement.warmUp(load, PACE);
      Map<String, Double> before = deployment.cpuSeconds();
      long deliveriesBefore = load.counts(() -> 0).deliveries();
      Measurement measured = Measurement.takeWarm(load, ServerProcess::cpuSecondsOfAll, PACE);
      long deliveries = load.counts(() -> 0).deliveries() - deliveriesBefore;
      Map<String, Double> after = deployment.cpuSeconds();
      load.stop();
      if (load.lostConnections() > 0) {
        throw new IOException(load.lostConnections() + " connections were lost");
      }
      double median = measured.deliveries().median();
      deliveriesOfOneProcess.putIfAbsent(workload, median);
      fanout.row(
          workload.name(),
          deployment.name,
          Table.thousands(measured.deliveries()),
          Table.number(median / deliveriesOfOneProcess.get(workload)),
          Table.number(measured.cpuMicros().median()),
          shares(before, after, deliveries),
          Table.number(measured.p50Millis()) + " / " + Table.number(measured.p99Millis()));
    }
  }

  /// Microseconds of processor time per delivery, by role.
  private static String shares(
      Map<String, Double> before, Map<String, Double> after, long deliveries) {
    return after.entrySet().stream()
        .map(
            role -> {
              double seconds = role.getValue() - before.getOrDefault(role.getKey(), 0.0);
              return role.getKey() + " " + Table.number(seconds * 1e6 / deliveries);
            })
        .collect(Collectors.joining(", "));
  }

  private void sendOneByOne(Deployment deployment) {
    int port = deployment.ports.getFirst();
    Account account = WireClient.register(port, "alone");
    try (var client = WireClient.connect(port, account, _ -> {})) {
      client.ask("session.open", Map.of("token", account.token(), "deviceId", "bench"));
      String groupId = client.createGroup("alone");
      sendFor(ONE_BY_ONE, client, groupId, "warm-up");
      Histogram micros = sendFor(ONE_BY_ONE, client, groupId, "counted");
      sends.add(
          List.of(
              deployment.name,
              Table.number(micros.getValueAtPercentile(50) / 1e3),
              Table.number(micros.getValueAtPercentile(99) / 1e3)));
    }
  }

  /// Times from a request to its reply, in microseconds.
  private static Histogram sendFor(Duration time, WireClient client, String groupId, String keys) {
    var micros = new Histogram(60_000_000, 3);
    long end = System.nanoTime() + time.toNanos();
    for (long asked = System.nanoTime(); asked < end; asked = System.nanoTime()) {
      client.ask("message.send", WireClient.text(groupId, keys + micros.getTotalCount(), TEXT));
      micros.recordValue((System.nanoTime() - asked) / 1_000);
    }
    return micros;
  }
}

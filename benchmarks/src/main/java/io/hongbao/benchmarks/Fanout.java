package io.hongbao.benchmarks;

import java.io.IOException;
import java.util.List;

/// Deliveries a second: the whole server beside the two bare ones, workload by workload.
final class Fanout {

  private Fanout() {}

  static final List<Workload> FULL =
      List.of(
          new Workload("50 groups of 2, 1 in flight", 50, 2, 1),
          new Workload("50 groups of 10", 50, 10, 16),
          new Workload("5 groups of 100", 5, 100, 16),
          new Workload("1 group of 500", 1, 500, 16),
          new Workload("1 group of 2,000", 1, 2_000, 16));

  /// For fixed rates, where the window plays no part.
  static final List<Workload> LATENCY =
      List.of(
          new Workload("50 groups of 10", 50, 10, 1),
          new Workload("5 groups of 100", 5, 100, 1),
          new Workload("1 group of 500", 1, 500, 1));

  static final List<Workload> SHORT = List.of(new Workload("5 groups of 100", 5, 100, 16));

  static void run(Servers servers, List<Workload> workloads, Pace pace)
      throws IOException, InterruptedException {
    var table =
        new Table(
            "Fan-out, deliveries per second",
            List.of(
                "workload",
                "B: bare, nothing kept",
                "D: bare, committed",
                "Hongbao",
                "of B",
                "of D",
                "us/delivery B, D, Hongbao",
                "p50 / p99 ms"));
    for (Workload workload : workloads) {
      Measurement b = servers.bare(workload, pace, false);
      Measurement d = servers.bare(workload, pace, true);
      Measurement ours = servers.hongbao(workload, pace, LoadGenerator::start);
      table.row(
          workload.name(),
          Table.thousands(b.deliveries()),
          Table.thousands(d.deliveries()),
          Table.thousands(ours.deliveries()),
          Table.number(ours.deliveries().median() / b.deliveries().median()),
          Table.number(ours.deliveries().median() / d.deliveries().median()),
          String.join(
              ", ",
              Table.number(b.cpuMicros().median()),
              Table.number(d.cpuMicros().median()),
              Table.number(ours.cpuMicros().median())),
          Table.number(ours.p50Millis()) + " / " + Table.number(ours.p99Millis()));
    }
  }
}

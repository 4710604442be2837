package io.hongbao.benchmarks;

import java.io.IOException;
import java.util.List;

/// Send-to-arrival times at a load that leaves the server air: 110,000 deliveries a second.
final class Latency {

  private static final double DELIVERIES_PER_SECOND = 110_000;

  private Latency() {}

  static void run(Servers servers, List<Workload> workloads, Pace pace)
      throws IOException, InterruptedException {
    var table =
        new Table(
            "Delivery latency at 110,000 deliveries per second, ms",
            List.of("workload", "B p50 / p99", "D p50 / p99", "Hongbao p50 / p99"));
    for (Workload workload : workloads) {
      double rate = DELIVERIES_PER_SECOND / workload.members();
      Measurement b = servers.bare(workload, pace, false, load -> load.startAtRate(rate));
      Measurement d = servers.bare(workload, pace, true, load -> load.startAtRate(rate));
      Measurement ours = servers.hongbao(workload, pace, load -> load.startAtRate(rate));
      table.row(workload.name(), cell(b), cell(d), cell(ours));
    }
  }

  private static String cell(Measurement measurement) {
    return Table.number(measurement.p50Millis()) + " / " + Table.number(measurement.p99Millis());
  }
}

package io.hongbao.benchmarks;

import java.io.IOException;
import java.util.List;

/// What it costs that all members of a busy group mark each message as read: as the SDKs do, at
/// most once a second for a member and group.
final class ReadMarks {

  private ReadMarks() {}

  static void run(Servers servers, Pace pace) throws IOException, InterruptedException {
    var table =
        new Table(
            "Read marks of all members, deliveries per second",
            List.of("workload", "without marks", "with marks", "ratio"));
    var workload = new Workload("1 group of 500", 1, 500, 16);
    Measurement without = servers.hongbao(workload, pace, LoadGenerator::start);
    Measurement with =
        servers.hongbao(
            workload,
            pace,
            load -> {
              load.markReads();
              load.start();
            });
    table.row(
        workload.name(),
        Table.thousands(without.deliveries()),
        Table.thousands(with.deliveries()),
        Table.number(with.deliveries().median() / without.deliveries().median()));
  }
}

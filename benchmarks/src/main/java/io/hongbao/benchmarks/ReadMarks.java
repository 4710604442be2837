package io.hongbao.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// What it costs that all members of a busy group mark each message as read: as the SDKs do, at
/// most once a second for a member and group.
///
/// One server, one load; intervals with and without marks take turns, so that whatever else the
/// machine does meets both.
final class ReadMarks {

  private static final Duration SETTLING = Duration.ofMillis(500);

  private ReadMarks() {}

  static void run(Servers servers, Pace pace) throws IOException, InterruptedException {
    var workload = new Workload("1 group of 500", 1, 500, 16);
    int turns = 2 * pace.intervals();
    var without = new Measurement[turns];
    var with = new Measurement[turns];
    try (ServerProcess server = servers.hongbao(workload)) {
      var groups = HongbaoGroups.make(workload, server.port());
      List<Integer> ports = List.of(server.port());
      try (var load = new LoadGenerator(groups, workload, ports, Servers.TEXT_BYTES).open()) {
        load.start();
        Future<?> marks = load.markReads();
        Measurement.warmUp(load, pace);
        for (int turn = 0; turn < turns; turn++) {
          marks.cancel(false);
          without[turn] = take(load, pace);
          marks = load.markReads();
          with[turn] = take(load, pace);
        }
        load.stop();
      }
    }
    table(workload, without, with);
  }

  private static Measurement take(LoadGenerator load, Pace pace) throws InterruptedException {
    Thread.sleep(SETTLING);
    return Measurement.takeWarm(load, ServerProcess::cpuSecondsOfAll, pace.once());
  }

  private static void table(Workload workload, Measurement[] without, Measurement[] with) {
    var table =
        new Table(
            "Read marks of all members",
            List.of("workload", "", "deliveries/s", "server us/delivery"));
    Figure before = rates(without);
    Figure after = rates(with);
    table.row(
        workload.name(), "without marks", Table.thousands(before), Table.number(micros(without)));
    table.row("", "with marks", Table.thousands(after), Table.number(micros(with)));
    table.row(
        "",
        "ratio",
        Table.number(after.median() / before.median()),
        Table.number(micros(with) / micros(without)));
  }

  private static Figure rates(Measurement[] turns) {
    return Figure.of(Stream.of(turns).mapToDouble(turn -> turn.deliveries().median()).toArray());
  }

  private static double micros(Measurement[] turns) {
    return Figure.of(Stream.of(turns).mapToDouble(turn -> turn.cpuMicros().median()).toArray())
        .median();
  }
}

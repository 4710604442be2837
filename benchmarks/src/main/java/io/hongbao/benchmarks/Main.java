package io.hongbao.benchmarks;

import io.hongbao.benchmarks.faults.Chaos;
import io.hongbao.benchmarks.faults.Faults;
import io.hongbao.benchmarks.micro.Micro;
import io.hongbao.benchmarks.soak.Soak;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/// `./hongbao bench [short|full|fanout|latency|marks|idle|cluster|changes|inserts|redpacket|media|
/// micro]`: prints Markdown tables for `docs/benchmarks.md`. `./hongbao bench faults [kills]
/// [others]`, `./hongbao bench chaos [rounds] [clients]` and `./hongbao bench soak [minutes]` print
/// those of `docs/faults.md`, and end with 1 where something was found.
public final class Main {

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    String what = arguments.length == 0 ? "short" : arguments[0];
    System.out.println(Machine.describe());
    switch (what) {
      case "faults" -> exit(Faults.run(number(arguments, 1, 100), number(arguments, 2, 3)));
      case "cluster" -> ScaleOut.run();
      case "chaos" -> exit(Chaos.run(number(arguments, 1, 3), number(arguments, 2, 1_000)));
      case "soak" -> exit(Soak.run(Duration.ofMinutes(number(arguments, 1, 10))));
      case "micro" -> micro();
      default -> measure(what);
    }
  }

  private static int number(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static void exit(boolean good) {
    System.exit(good ? 0 : 1);
  }

  private static void micro() throws RunnerException {
    var table = new Table("Calls that every message makes", List.of("call", "ns"));
    Micro.run().forEach(row -> table.row(row.toArray(String[]::new)));
  }

  private static void measure(String what) throws Exception {
    try (Servers servers = Servers.start()) {
      switch (what) {
        case "short" -> {
          Inserts.run(servers.pool(), Pace.SHORT);
          Fanout.run(servers, Fanout.SHORT, Pace.SHORT);
        }
        case "full" -> {
          Inserts.run(servers.pool(), Pace.FULL);
          Fanout.run(servers, Fanout.FULL, Pace.FULL);
          Latency.run(servers, Fanout.LATENCY, Pace.FIXED_RATE);
          ReadMarks.run(servers, Pace.FULL);
          Idle.run(servers, 8_000);
        }
        case "fanout" -> Fanout.run(servers, Fanout.FULL, Pace.FULL);
        case "latency" -> Latency.run(servers, Fanout.LATENCY, Pace.FIXED_RATE);
        case "marks" -> ReadMarks.run(servers, Pace.FULL);
        case "idle" -> Idle.run(servers, 8_000);
        case "changes" -> Changes.run(servers);
        case "inserts" -> Inserts.run(servers.pool(), Pace.FULL);
        case "redpacket" -> RedPackets.run(servers);
        case "media" -> MediaTransfers.run(servers);
        default -> {
          System.err.println(
              "bench: short, full, fanout, latency, marks, idle, cluster, changes, inserts,"
                  + " redpacket, media, micro, faults, chaos or soak: "
                  + what);
          System.exit(2);
        }
      }
    }
  }
}

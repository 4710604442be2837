package io.hongbao.benchmarks;

import io.hongbao.benchmarks.micro.Micro;
import java.util.List;

/// `./hongbao bench [short|full|fanout|latency|marks|idle|changes|inserts|micro]`: prints Markdown
/// tables for `docs/benchmarks.md`.
public final class Main {

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    String what = arguments.length == 0 ? "short" : arguments[0];
    System.out.println(Machine.describe());
    if (what.equals("micro")) { // needs no server
      var table = new Table("Calls that every message makes", List.of("call", "ns", "error"));
      Micro.run().forEach(row -> table.row(row.toArray(String[]::new)));
      return;
    }
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
        default -> {
          System.err.println(
              "bench: short, full, fanout, latency, marks, idle, changes, inserts or micro: "
                  + what);
          System.exit(2);
        }
      }
    }
  }
}

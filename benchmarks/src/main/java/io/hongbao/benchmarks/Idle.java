package io.hongbao.benchmarks;

import java.io.IOException;
import java.util.List;

/// Memory of connections that say nothing: live heap after a full collection, per connection.
final class Idle {

  private Idle() {}

  /// @param connections for the whole server authenticated, each a member of 10 groups
  static void run(Servers servers, int connections) throws IOException, InterruptedException {
    var table =
        new Table(
            "Idle connections, bytes of live heap each",
            List.of("connections", "bare", "Hongbao, in 10 groups each", "difference"));
    double bare = servers.bareIdleBytes(connections);
    double ours = servers.hongbaoIdleBytes(connections);
    table.row(
        Integer.toString(connections),
        Table.number(bare),
        Table.number(ours),
        Table.number(ours - bare));
  }
}

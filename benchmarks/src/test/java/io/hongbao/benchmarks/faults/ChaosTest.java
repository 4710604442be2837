package io.hongbao.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// One node after the other of a cluster is killed while people chat and give red packets: nothing
/// acknowledged is lost, doubled or out of order, every client is whole again, and every fen is
/// there.
final class ChaosTest {

  @Test
  void leavesEveryoneWhole() throws Exception {
    try (Cluster cluster = Chaos.start()) {
      Verdict verdict = Chaos.shortly(cluster);
      assertThat(verdict.flaws()).as("%s", verdict.row()).isEmpty();
      assertThat(verdict.acknowledged()).isPositive();
    }
  }
}

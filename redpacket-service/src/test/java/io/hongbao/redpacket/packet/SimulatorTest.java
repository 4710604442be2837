package io.hongbao.redpacket.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.sql.Queries;
import io.hongbao.redpacket.sim.MemoryTransactions;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Thousands of histories on a database in memory, which checks every rule of money after each
/// commit. A failure names its seed: the same seed is the same history.
final class SimulatorTest {

  private static final int HISTORIES = 2_000;
  private static final int STEPS = 60;

  @Test
  void everyHistoryKeepsEveryFenAndEveryWord() {
    long crashes = 0;
    try (var queries = new Queries(1)) {
      for (long seed = 1; seed <= HISTORIES; seed++) {
        crashes += history(seed, queries);
      }
    }
    assertThat(crashes).as("crashes in all").isGreaterThan(HISTORIES);
  }

  private static long history(long seed, Queries queries) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var now = new AtomicLong(1_000_000);
    var ids = new AtomicLong();
    // Clocks of several processes, up to half a second apart.
    var database = new MemoryTransactions(() -> now.get() + random.nextInt(500));
    try {
      var simulation =
          new Simulation(
              random, database, queries, ids::incrementAndGet, millis -> now.addAndGet(millis));
      simulation.run(STEPS);
      assertThat(database.isSettled()).as("everything came to its end").isTrue();
      return simulation.crashes();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage() + " in " + database, e);
    }
  }
}

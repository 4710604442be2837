package io.hongbao.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each fault once while people chat: nothing acknowledged is lost, doubled or out of order, every
/// client is whole within ten seconds, unread equals a recount.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultsTest {

  private Stage stage;

  @BeforeAll
  void start() throws IOException {
    stage =
        Stage.set(
            Path.of("target/faults").toAbsolutePath(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC");
  }

  @AfterAll
  void stop() {
    stage.close();
  }

  @ParameterizedTest
  @EnumSource
  void leavesEveryoneWhole(Fault fault) throws IOException, InterruptedException {
    int times = fault == Fault.SERVER_KILLED ? 2 : 1;
    Verdict verdict = Faults.strike(stage, fault, times, Faults.Pace.SHORT);
    assertThat(verdict.flaws()).as("%s", verdict.row()).isEmpty();
    assertThat(verdict.acknowledged()).isPositive();
  }
}

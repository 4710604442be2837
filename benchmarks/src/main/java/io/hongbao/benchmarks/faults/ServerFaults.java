package io.hongbao.benchmarks.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// The server killed, and its clock.
final class ServerFaults {

  private static final int KILL_AFTER_MS_MAX = 600;
  private static final Duration STEP = Duration.ofSeconds(-5);

  private ServerFaults() {}

  static void kill(Scene scene) throws IOException, InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextLong(50, KILL_AFTER_MS_MAX));
    scene.stage().killServer();
    noteWhatNobodyWasTold(scene);
    scene.stage().startServer();
  }

  /// Entries that the database holds and no client had got, live or read, when the server died: the
  /// kill fell between their commit and their push.
  private static void noteWhatNobodyWasTold(Scene scene) throws InterruptedException {
    scene.crowd().awaitCutOff();
    Map<String, Long> committed = scene.stage().lastSeqs(scene.crowd().groupIds());
    long untold = scene.crowd().countUntold(committed);
    if (untold > 0) {
      scene.notes().count("kills between a commit and its push", 1);
      scene.notes().count("entries committed that nobody had been told of", untold);
    }
  }

  /// A clock that goes wrong under a running server, and that a new server finds behind the one
  /// before it.
  static void stepClock(Scene scene) throws IOException, InterruptedException {
    Stage stage = scene.stage();
    stage.stopServer();
    stage.startServerWithClock(Duration.ZERO);
    scene.crowd().awaitMessages(200);
    stage.stepClock(STEP);
    scene.crowd().awaitMessages(200);
    stage.killServer();
    stage.startServerWithClock(STEP);
    scene.crowd().awaitMessages(200);
  }
}

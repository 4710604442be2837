package io.hongbao.benchmarks.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A process that was started here, to be sent signals.
record Program(long pid) {

  /// The process of this name among those that were started here.
  static Program named(String name) throws IOException {
    return new Program(
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().command().orElse("").contains(name))
            .findFirst()
            .orElseThrow(() -> new IOException("no process " + name))
            .pid());
  }

  void stop() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void goOn() throws IOException, InterruptedException {
    signal("-CONT");
  }

  /// Stops it for so long.
  void pause(Duration held) throws IOException, InterruptedException {
    stop();
    try {
      Thread.sleep(held);
    } finally {
      goOn();
    }
  }

  void kill() throws IOException, InterruptedException {
    signal("-KILL");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", signal, Long.toString(pid)).start();
    if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("cannot signal process " + pid);
    }
  }
}

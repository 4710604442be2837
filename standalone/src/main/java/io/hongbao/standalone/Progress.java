package io.hongbao.standalone;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells what the start is waiting for, while it takes long.
final class Progress implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private static final Duration INTERVAL = Duration.ofSeconds(3);

  private final Set<String> pending = new ConcurrentSkipListSet<>();
  private final Thread reporter = Thread.ofVirtual().name("progress").start(this::report);

  /// Runs a step of the start that may take a while.
  <T> T step(String name, Callable<T> work) throws Exception {
    long start = System.nanoTime();
    pending.add(name);
    try {
      T result = work.call();
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      if (taken.compareTo(INTERVAL) > 0) {
        LOG.info("{} is ready after {} s", name, taken.toSeconds());
      }
      return result;
    } finally {
      pending.remove(name);
    }
  }

  @Override
  public void close() {
    reporter.interrupt();
  }

  private void report() {
    try {
      for (long seconds = INTERVAL.toSeconds(); ; seconds += INTERVAL.toSeconds()) {
        TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
        if (!pending.isEmpty()) {
          LOG.info("still starting after {} s: {}", seconds, String.join(", ", pending));
        }
      }
    } catch (InterruptedException _) {
      // the start is over
    }
  }
}

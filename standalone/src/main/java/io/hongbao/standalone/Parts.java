package io.hongbao.standalone;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been started, to be stopped in the reverse order. Used by any thread.
final class Parts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  /// All parts together get this long to stop; each has a bound of its own, too.
  private static final Duration STOP_TIME = Duration.ofSeconds(40);

  private record Part(String name, AutoCloseable running) {}

  private final Deque<Part> running = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean stopping;

  /// Takes over a part that runs. Where everything is being stopped already, so is this.
  <T extends AutoCloseable> T add(String name, T part) {
    synchronized (this) {
      if (!stopping) {
        running.push(new Part(name, part));
        return part;
      }
    }
    stop(new Part(name, part));
    throw new CannotStartException("Stopped while starting.");
  }

  /// Stops all parts, the last one first, and returns when they are or when the time is up. A
  /// second call waits for the first one's work.
  @Override
  public void close() {
    synchronized (this) {
      if (!stopping) {
        stopping = true;
        Thread.ofPlatform().name("stop").daemon().start(this::stopAll);
      }
    }
    try {
      if (!stopped.await(STOP_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.error("did not stop within {} s; giving up", STOP_TIME.toSeconds());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopAll() {
    for (Part part = next(); part != null; part = next()) {
      stop(part);
    }
    stopped.countDown();
  }

  private synchronized @Nullable Part next() {
    return running.poll();
  }

  private static void stop(Part part) {
    try {
      part.running().close();
      LOG.debug("stopped {}", part.name());
    } catch (Exception e) {
      LOG.error("{} did not stop in order", part.name(), e);
    }
  }
}

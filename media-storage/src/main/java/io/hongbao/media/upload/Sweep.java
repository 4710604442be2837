package io.hongbao.media.upload;

import io.hongbao.media.store.ObjectStore;
import io.hongbao.media.store.StoreAwayException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.apache.ibatis.exceptions.PersistenceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Clears away what is left of uploads: of those that nobody completed everything, of the others
/// what a client wrote under its URL after the check. Any number of processes may sweep.
final class Sweep implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int AT_ONCE = 100;

  private final Catalogue catalogue;
  private final ObjectStore store;
  private final Counter swept;
  private final Thread thread;

  private Sweep(Catalogue catalogue, ObjectStore store, Counter swept) {
    this.catalogue = catalogue;
    this.store = store;
    this.swept = swept;
    this.thread = Thread.ofVirtual().name("media-sweep").unstarted(this::run);
  }

  static Sweep start(Catalogue catalogue, ObjectStore store, MeterRegistry meters) {
    var sweep = new Sweep(catalogue, store, meters.counter("hongbao.media.swept"));
    sweep.thread.start();
    return sweep;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        try {
          sweep();
        } catch (PersistenceException | StoreAwayException e) {
          log.warn("sweep of media put off reason={}", e.toString());
        } catch (RuntimeException e) {
          log.error("bug in the sweep of media", e);
        }
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  /// Sweeps all that is due.
  void sweep() {
    List<MediumRow> due;
    do {
      due = catalogue.toSweep(AT_ONCE);
      due.forEach(this::sweep);
    } while (due.size() == AT_ONCE);
  }

  private void sweep(MediumRow row) {
    if (row.uploadId() != null) {
      store.dropParts(row.uploadKey(), row.uploadId());
    }
    store.delete(row.uploadKey());
    catalogue.swept(row);
    swept.increment();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.hongbao.redpacket.reconcile;

import io.hongbao.common.id.Ids;
import io.hongbao.common.sql.Database;
import io.hongbao.redpacket.reconcile.DriftMapper.Forgotten;
import io.hongbao.redpacket.reconcile.Finding.Subject;
import io.hongbao.redpacket.store.ClockMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reconciles on a schedule: often what is recent, once a day everything, and everything each time
/// from where something was wrong until nothing is. It freezes a packet that breaks a rule, brings
/// back tasks that are missing, and never touches money.
public final class Auditor implements AutoCloseable {

  private static final Duration WHOLE_EVERY = Duration.ofDays(1);

  private static final int IDS_LOGGED_MAX = 20;

  private static final Logger log = LoggerFactory.getLogger(Auditor.class);

  private final Database database;
  private final Reconciliation reconciliation;
  private final Duration pause;
  private final Duration recent;
  private final AtomicLong drift = new AtomicLong();
  private final AtomicLong broken = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private final AtomicLong pending = new AtomicLong();
  private final AtomicLong dead = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("redpacket-audit").unstarted(this::run);
  private long wholeAt;

  private Auditor(Database database, Duration pause, Duration recent) {
    this.database = database;
    this.reconciliation = new Reconciliation(database);
    this.pause = pause;
    this.recent = recent;
  }

  /// @param pause between two checks
  /// @param recent how old a packet may be to be in each of them: what is older has ended
  public static Auditor start(
      Database database, Duration pause, Duration recent, MeterRegistry meters) {
    var started = new Auditor(database, pause, recent);
    gauge(meters, "hongbao.money.drift", started.drift);
    gauge(meters, "hongbao.redpacket.rules.broken", started.broken);
    gauge(meters, "hongbao.redpacket.late", started.late);
    gauge(meters, "hongbao.redpacket.outbox.pending", started.pending);
    gauge(meters, "hongbao.redpacket.outbox.dead", started.dead);
    started.thread.start();
    return started;
  }

  private static void gauge(MeterRegistry meters, String name, AtomicLong value) {
    Gauge.builder(name, value, AtomicLong::get).strongReference(true).register(meters);
  }

  private void run() {
    do {
      try {
        audit();
      } catch (RuntimeException e) {
        log.warn("could not reconcile", e);
      }
    } while (!ends());
  }

  /// One reconciliation, now.
  public synchronized void audit() {
    long now = database.transact(tx -> tx.mapper(ClockMapper.class).now());
    boolean whole = now - wholeAt >= WHOLE_EVERY.toMillis();
    List<Finding> findings =
        reconciliation.check(
            whole ? Reconciliation.EVERYTHING : Ids.firstOf(now - recent.toMillis()));
    if (whole) {
      wholeAt = now;
      drift.set(reconciliation.driftFen());
    }
    findings.forEach(finding -> note(finding, now));
    broken.set(findings.size());
    if (!findings.isEmpty() || drift.get() != 0) {
      wholeAt = 0;
    }
    List<Finding> overdue = reconciliation.late();
    overdue.forEach(finding -> note(finding, now));
    late.set(overdue.stream().mapToLong(finding -> finding.ids().size()).sum());
    remember(now);
  }

  private void note(Finding finding, long now) {
    log.error(
        "does not hold: {} of={} count={} ids={}",
        finding.rule(),
        finding.of(),
        finding.ids().size(),
        finding.ids().stream().limit(IDS_LOGGED_MAX).toList());
    if (finding.of() == Subject.PACKET) {
      for (long packetId : finding.ids()) {
        int frozen = database.transact(tx -> tx.mapper(DriftMapper.class).freeze(packetId, now));
        if (frozen > 0) {
          log.error("frozen packetId={}", packetId);
        }
      }
    }
  }

  private void remember(long now) {
    List<Forgotten> forgotten = database.transact(tx -> tx.mapper(DriftMapper.class).forgotten());
    for (Forgotten task : forgotten) {
      int put =
          database.transact(
              tx -> tx.mapper(DriftMapper.class).remember(task.packetId(), task.topic(), now));
      if (put > 0) {
        log.warn("brought back packetId={} topic={}", task.packetId(), task.topic());
      }
    }
    pending.set(database.transact(tx -> tx.mapper(DriftMapper.class).tasks("PENDING")));
    dead.set(database.transact(tx -> tx.mapper(DriftMapper.class).tasks("DEAD")));
  }

  private boolean ends() {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      var _ = thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

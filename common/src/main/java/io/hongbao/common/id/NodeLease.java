package io.hongbao.common.id;

import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.SqlFailure;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node number that this process has leased from the database, and the ids made with it.
///
/// What keeps ids apart is not time but dates. The database holds up to which date a number's ids
/// may have been made: its holder makes none beyond, and reserves [#AHEAD] more again and again by
/// an update that only the holder can make; whoever takes the number over begins behind that date.
/// So no pause of a process and no step of a clock makes an id twice. The database's clock only
/// says when a number is free: once its reservation has passed.
///
/// While the database is away nothing can be reserved, and soon no id is made; nothing that has one
/// could be stored. A process that has slept until another one took its number takes a new one.
public final class NodeLease implements AutoCloseable {

  /// What [Database#open] must know.
  public static final List<Class<?>> MAPPERS = List.of(NodeLeaseMapper.class);

  /// Where [Database#migrate] finds the table, and where it keeps account of that.
  public static final String MIGRATIONS = "db/node";

  public static final String MIGRATION_HISTORY = "node_schema_history";

  static final Duration AHEAD = Duration.ofSeconds(10);

  private static final int RENEWALS_A_RESERVATION = 5;
  private static final Duration PAUSE_WHILE_AWAY = Duration.ofMillis(200);
  private static final Duration CLOSE_TIME = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(NodeLease.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final Wanted wanted;
  private final Duration ahead;
  private final Ids ids;
  private final Thread renewing = Thread.ofVirtual().name("node-lease").unstarted(this::keep);

  private final CountDownLatch closed = new CountDownLatch(1);

  /// Belongs to the renewing thread once that runs.
  private Holding holding;

  /// Which numbers will do.
  private record Wanted(int first, int last) {}

  /// @param holder drawn anew each time, so that nobody is taken for somebody else
  private record Holding(int node, long holder, long beginMs) {}

  private NodeLease(Database database, Wanted wanted, Duration ahead, Holding holding) {
    this.database = database;
    this.wanted = wanted;
    this.ahead = ahead;
    this.holding = holding;
    this.ids = new Ids(holding.node, holding.beginMs, holding.beginMs + ahead.toMillis());
  }

  /// Waits for a number as long as one that ended just now may have reserved.
  ///
  /// @param database opened with [#MAPPERS] and migrated
  /// @param node the number to lease; any where it is negative
  /// @return null where it, or all of them, are leased to others
  public static @Nullable NodeLease start(Database database, int node) {
    return start(database, node, AHEAD);
  }

  static @Nullable NodeLease start(Database database, int node, Duration ahead) {
    var wanted = node < 0 ? new Wanted(0, Ids.NODE_MAX) : new Wanted(node, node);
    Duration pause = ahead.dividedBy(RENEWALS_A_RESERVATION);
    for (int pauses = 0; pauses <= RENEWALS_A_RESERVATION + 1; pauses++) {
      Holding holding = take(database, wanted, 0, ahead);
      if (holding != null) {
        var lease = new NodeLease(database, wanted, ahead, holding);
        lease.renewing.start();
        return lease;
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return null;
  }

  public Ids ids() {
    return ids;
  }

  /// The number is free once what is reserved has passed.
  @Override
  public void close() {
    closed.countDown();
    try {
      var _ = renewing.join(CLOSE_TIME);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable Holding take(
      Database database, Wanted wanted, long beginMs, Duration ahead) {
    long holder = RANDOM.nextLong();
    return database.transact(
        tx -> {
          var leases = tx.mapper(NodeLeaseMapper.class);
          leases.take(holder, wanted.first, wanted.last, beginMs, ahead.toMillis());
          NodeLeaseMapper.Taken taken = leases.taken(holder);
          return taken == null
              ? null
              : new Holding(taken.node(), holder, taken.reservedTo() - ahead.toMillis());
        });
  }

  private void keep() {
    boolean away = false;
    try {
      while (!closed.await(pause(away).toNanos(), TimeUnit.NANOSECONDS)) {
        try {
          renewOrMove();
          away = false;
        } catch (RuntimeException e) {
          if (!away) {
            log.warn(
                "the lease cannot be renewed node={} reason={}",
                holding.node,
                SqlFailure.reason(e));
          }
          away = true;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration pause(boolean away) {
    return away ? PAUSE_WHILE_AWAY : ahead.dividedBy(RENEWALS_A_RESERVATION);
  }

  private void renewOrMove() {
    long reservedTo = ids.dateMs() + ahead.toMillis();
    int renewed =
        database.transact(
            tx ->
                tx.mapper(NodeLeaseMapper.class)
                    .renew(holding.node, holding.holder, reservedTo, ahead.toMillis()));
    if (renewed == 1) {
      ids.reserve(reservedTo);
      return;
    }
    Holding next = take(database, wanted, ids.dateMs(), ahead);
    if (next == null) {
      throw new IllegalStateException("another process has the number, and none is free");
    }
    log.warn("another process has the number node={} next={}", holding.node, next.node);
    holding = next;
    ids.moveTo(next.node, next.beginMs, next.beginMs + ahead.toMillis());
  }
}

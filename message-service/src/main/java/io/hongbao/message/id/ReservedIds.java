package io.hongbao.message.id;

import io.hongbao.common.id.Ids;
import io.hongbao.common.sql.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node's ids, none of which is made twice even where the clock has stepped back between two runs
/// or during one. The database holds up to which date ids may have been made: a run begins there or
/// at its clock, whichever is later, and reserves [#AHEAD] more again and again.
///
/// While the database is away nothing can be reserved, and nothing that has an id can be stored.
public final class ReservedIds implements AutoCloseable {

  /// What [Database#open] must know.
  public static final List<Class<?>> MAPPERS = List.of(ReservedIdMapper.class);

  static final Duration AHEAD = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(ReservedIds.class);

  private final Database database;
  private final int node;
  private final Ids ids;
  private final Thread thread;

  private ReservedIds(Database database, int node, Ids ids) {
    this.database = database;
    this.node = node;
    this.ids = ids;
    this.thread = Thread.ofVirtual().name("reserve-ids").unstarted(this::keepReserving);
  }

  /// @param node the number that no other live process has
  public static ReservedIds start(Database database, int node, Clock clock) {
    Long reserved = database.transact(tx -> tx.mapper(ReservedIdMapper.class).reservedTo(node));
    long startMs = reserved == null ? clock.millis() : Math.max(clock.millis(), reserved);
    var started = new ReservedIds(database, node, new Ids(node, startMs));
    started.reserve();
    started.thread.start();
    return started;
  }

  public Ids ids() {
    return ids;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void reserve() {
    long to = ids.dateMs() + AHEAD.toMillis();
    database.transact(tx -> tx.mapper(ReservedIdMapper.class).reserve(node, to));
  }

  private void keepReserving() {
    boolean away = false;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(PAUSE);
        reserve();
        away = false;
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        if (!away) {
          log.warn("ids cannot be reserved node={}", node, e);
        }
        away = true;
      }
    }
  }
}

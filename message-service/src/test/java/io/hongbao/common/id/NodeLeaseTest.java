package io.hongbao.common.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.SqlFailure;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.ibatis.exceptions.PersistenceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class NodeLeaseTest {

  private static final int ANY = -1;
  private static final Duration AHEAD = Duration.ofMillis(500);

  private final TestServices services;
  private final Database database;
  private final List<AutoCloseable> opened = new ArrayList<>();

  NodeLeaseTest(TestServices services) {
    this.services = services;
    this.database = open();
    database.migrate(NodeLease.MIGRATIONS, NodeLease.MIGRATION_HISTORY);
  }

  @BeforeEach
  void everyNumberIsFree() {
    sql("UPDATE node_lease SET holder = 0, reserved_to = 0");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void eachHasANumberOfItsOwn() throws Exception {
    var nodes = new HashSet<Integer>();
    try (var starts = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<NodeLease>> leases = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        leases.add(starts.submit(() -> lease(open(), ANY, AHEAD)));
      }
      for (Future<NodeLease> lease : leases) {
        nodes.add(lease.get().ids().node());
      }
    }
    assertThat(nodes).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void staysWithItsHolderWhoRenewsIt() {
    NodeLease lease = lease(database, ANY, AHEAD);
    long first = reservedTo(0);
    lease.ids().next();
    await().until(() -> reservedTo(0) > first + AHEAD.toMillis());
    assertThat(lease.ids().node()).isZero();
    assertThat(lease.ids().next()).isPositive();
    assertThat(NodeLease.start(database, 0, Duration.ofMillis(50))).isNull();
  }

  @Test
  void goesToAnotherOnceItsReservationIsOver() {
    NodeLease first = lease(database, 3, AHEAD);
    long last = first.ids().next();
    first.close();
    assertThat(lease(database, ANY, AHEAD).ids().node()).isZero();
    Ids next = lease(database, 3, AHEAD).ids(); // waits
    assertThat(next.node()).isEqualTo(3);
    assertThat(next.next()).isGreaterThan(last);
  }

  /// What the process that ended had reserved lies in the future of a clock that was set back.
  @Test
  void beginsBehindWhatWasReservedWhateverTheClockSays() {
    sql("UPDATE node_lease SET reserved_to = UNIX_TIMESTAMP() * 1000 + 3600000 WHERE node <= 1");
    assertThat(lease(database, ANY, AHEAD).ids().node()).isEqualTo(2);
    assertThat(NodeLease.start(database, 1, Duration.ofMillis(50))).isNull();
  }

  /// The first one's renewals are held up for longer than its reservation, as by a pause of the
  /// whole process or a database that does not answer; it goes on asking for ids all the time.
  @Test
  void makesNoIdTwiceWhereAHolderPauses() throws Exception {
    Database slow = open();
    Ids paused = lease(slow, 7, AHEAD).ids();
    var made = new Made();
    try (var _ = slow.pool().getConnection();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> before = threads.submit(() -> made.by(paused, Duration.ofSeconds(60)));
      Ids other = lease(database, 7, AHEAD).ids(); // waits until the reservation is over
      made.by(other, Duration.ofMillis(200));
      before.cancel(true);
    }
    assertThat(made.doubled).isFalse();
    assertThat(made.refusals).isNotEmpty().allMatch(e -> SqlFailure.of(e) == SqlFailure.AWAY);
    assertThatThrownBy(paused::next).isInstanceOf(PersistenceException.class);
  }

  @Test
  void whoLostItsNumberTakesAnother() {
    Ids ids = lease(database, ANY, AHEAD).ids();
    long last = ids.next();
    sql("UPDATE node_lease SET holder = 1, reserved_to = reserved_to + 3600000 WHERE node = 0");
    await().until(() -> ids.node() == 1);
    assertThat(ids.next()).isGreaterThan(last);
  }

  @Test
  void endsItsIdsInTimeAndGoesOnWhenItsDatabaseIsBack() throws SQLException {
    Database away = open();
    Ids ids = lease(away, ANY, AHEAD).ids();
    try (var _ = away.pool().getConnection()) {
      await().untilAsserted(() -> assertThatThrownBy(ids::next).hasMessageContaining("lapsed"));
    }
    await().until(() -> makesOne(ids));
    assertThat(ids.node()).isZero();
  }

  @Test
  void isRefusedWhereAllNumbersAreTaken() {
    sql("UPDATE node_lease SET holder = 1, reserved_to = UNIX_TIMESTAMP() * 1000 + 3600000");
    assertThat(NodeLease.start(database, ANY, Duration.ofMillis(50))).isNull();
    sql("UPDATE node_lease SET reserved_to = 0 WHERE node = 1023");
    assertThat(lease(database, ANY, AHEAD).ids().node()).isEqualTo(Ids.NODE_MAX);
  }

  /// Earlier versions had one process, and a table of another name.
  @Test
  void beginsBehindWhatAnEarlierVersionReserved() {
    sql("DROP TABLE node_lease");
    sql("DROP TABLE " + NodeLease.MIGRATION_HISTORY);
    sql("CREATE TABLE reserved_id (node INT PRIMARY KEY, reserved_to BIGINT)");
    sql("INSERT INTO reserved_id VALUES (0, 1900000000000)");
    database.migrate(NodeLease.MIGRATIONS, NodeLease.MIGRATION_HISTORY);
    sql("DROP TABLE reserved_id");
    assertThat(reservedTo(0)).isEqualTo(1_900_000_000_000L);
    assertThat(reservedTo(1)).isZero();
  }

  /// Ids that were made, ten in a millisecond.
  private static final class Made {
    private final Set<Long> ids = ConcurrentHashMap.newKeySet();
    private final Set<Throwable> refusals = ConcurrentHashMap.newKeySet();
    private volatile boolean doubled;

    void by(Ids source, Duration time) {
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
        try {
          if (!ids.add(source.next())) {
            doubled = true;
          }
        } catch (PersistenceException e) {
          refusals.add(e);
        }
        LockSupport.parkNanos(100_000);
      }
    }
  }

  private static boolean makesOne(Ids ids) {
    try {
      return ids.next() > 0;
    } catch (PersistenceException _) {
      return false;
    }
  }

  private Database open() {
    Database one =
        Database.open(
            services.jdbcUrl(), services.user(), services.password(), 1, NodeLease.MAPPERS);
    synchronized (opened) {
      opened.add(one);
    }
    return one;
  }

  private NodeLease lease(Database database, int node, Duration ahead) {
    NodeLease lease = Objects.requireNonNull(NodeLease.start(database, node, ahead), "none free");
    synchronized (opened) {
      opened.add(lease);
    }
    return lease;
  }

  private long reservedTo(int node) {
    var value = new long[1];
    database.transact(
        tx -> {
          tx.run(
              connection -> {
                try (Statement statement = connection.createStatement();
                    var rows =
                        statement.executeQuery(
                            "SELECT reserved_to FROM node_lease WHERE node = " + node)) {
                  rows.next();
                  value[0] = rows.getLong(1);
                }
              });
          return 0;
        });
    return value[0];
  }

  private void sql(String text) {
    database.transact(
        tx -> {
          tx.run(
              connection -> {
                try (Statement statement = connection.createStatement()) {
                  statement.execute(text);
                }
              });
          return 0;
        });
  }
}

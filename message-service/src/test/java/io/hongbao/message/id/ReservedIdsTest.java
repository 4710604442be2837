package io.hongbao.message.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.sql.Database;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.MessageService;
import io.hongbao.message.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class ReservedIdsTest {

  private final TestClock clock = new TestClock();
  private final Database database;

  ReservedIdsTest(TestServices services) {
    this.database =
        Database.open(
            services.jdbcUrl(), services.user(), services.password(), 4, MessageService.MAPPERS);
    database.migrate(MessageService.MIGRATIONS);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void beginBehindTheLastRunsWhereTheClockHasSteppedBack() {
    long last;
    try (var run = ReservedIds.start(database, 5, clock)) {
      last = run.ids().next();
    }
    clock.forward(Duration.ofHours(-1));
    for (int restart = 0; restart < 3; restart++) {
      try (var run = ReservedIds.start(database, 5, clock)) {
        long next = run.ids().next();
        assertThat(next).isGreaterThan(last);
        last = next;
      }
    }
  }

  @Test
  void beginAtTheClockWhereItIsLater() {
    try (var _ = ReservedIds.start(database, 6, clock)) {
      clock.forward(Duration.ofHours(1));
    }
    try (var run = ReservedIds.start(database, 6, clock)) {
      assertThat(run.ids().dateMs()).isCloseTo(clock.millis(), within(5_000L));
    }
  }

  @Test
  void areReservedFurtherAsTheyGoOn() {
    try (var run = ReservedIds.start(database, 7, clock)) {
      long first = reservedTo(7);
      assertThat(first).isGreaterThan(run.ids().dateMs());
      await().until(() -> reservedTo(7) > first);
    }
  }

  @Test
  void ofOneNodeDoNotMoveAnothers() {
    try (var _ = ReservedIds.start(database, 8, clock)) {
      clock.forward(Duration.ofHours(-2));
      try (var other = ReservedIds.start(database, 9, clock)) {
        assertThat(other.ids().dateMs()).isLessThan(reservedTo(8) - 3_600_000);
      }
    }
  }

  private long reservedTo(int node) {
    Long reserved = database.transact(tx -> tx.mapper(ReservedIdMapper.class).reservedTo(node));
    assertThat(reserved).isNotNull();
    return reserved;
  }
}

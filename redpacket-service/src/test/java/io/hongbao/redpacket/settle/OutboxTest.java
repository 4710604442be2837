package io.hongbao.redpacket.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.sql.Database;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.RedPacketService;
import io.hongbao.redpacket.kit.TestPackets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class OutboxTest {

  private final Database database;

  OutboxTest(TestServices services) {
    this.database = TestPackets.database(services, 2);
    database.migrate(RedPacketService.MIGRATIONS, RedPacketService.MIGRATION_HISTORY);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void aTaskIsPutOffLongerEachTimeAndIsDeadAfterTheEleventhFailure() {
    change(outbox -> outbox.put(1, Topic.SETTLE, 0));
    var pauses = new ArrayList<Long>();
    for (long now = 0; pending(1).contains(Topic.SETTLE); ) {
      long failedAt = now;
      change(outbox -> outbox.failed(1, Topic.SETTLE, Courier.ATTEMPTS_MAX, failedAt));
      while (pending(1).contains(Topic.SETTLE) && !isDue(1, now)) {
        now += 1_000;
      }
      pauses.add(now - failedAt);
    }
    assertThat(pauses.subList(0, 10))
        .isEqualTo(IntStream.range(0, 10).mapToObj(i -> 1_000L << i).toList());
    assertThat(pauses).hasSize(11);
    assertThat(isDue(1, Long.MAX_VALUE)).isFalse();
  }

  @Test
  void aDeadTaskThatIsPutInAgainIsDueAnew() {
    change(outbox -> outbox.put(2, Topic.REFUND, 0));
    change(outbox -> outbox.failed(2, Topic.REFUND, 0, 0));
    assertThat(pending(2)).isEmpty();

    change(outbox -> outbox.put(2, Topic.REFUND, 5));

    assertThat(pending(2)).containsExactly(Topic.REFUND);
    assertThat(isDue(2, 4)).isFalse();
    assertThat(isDue(2, 5)).isTrue();
  }

  private List<Topic> pending(long packetId) {
    return read(outbox -> outbox.pending(packetId));
  }

  private boolean isDue(long packetId, long now) {
    return read(outbox -> outbox.due(now, 10)).contains(packetId);
  }

  private <T> T read(Function<OutboxMapper, T> work) {
    return database.transact(tx -> work.apply(tx.mapper(OutboxMapper.class)));
  }

  private void change(Consumer<OutboxMapper> work) {
    var _ =
        read(
            outbox -> {
              work.accept(outbox);
              return true;
            });
  }
}

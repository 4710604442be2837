package io.hongbao.redpacket.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.sql.Queries;
import io.hongbao.redpacket.packet.PacketCommand.Open;
import io.hongbao.redpacket.sim.MemoryTransactions;
import io.hongbao.redpacket.store.Store;
import io.hongbao.redpacket.store.Tables;
import io.hongbao.redpacket.store.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is asked of one packet while its writer gets no further.
final class PacketQueueBoundsTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Door door = new Door();
  private final PacketView packet = new PacketView(1, 2, null, Long.MAX_VALUE);

  @Test
  void refusesBeyondItsBoundAndWritesTheRestInBatches() throws InterruptedException {
    try (var queries = new Queries(1)) {
      var queues = queues(queries);
      CompletableFuture<Verdict> first = open(queues, 1);
      door.reached.await();
      var waiting = new ArrayList<CompletableFuture<Verdict>>();
      for (int i = 0; i < PacketQueues.QUEUE_MAX; i++) {
        waiting.add(open(queues, 2 + i));
      }

      Verdict beyond = open(queues, 20_000).getNow(ClaimRules.NOT_FOUND);
      assertThat(beyond).isInstanceOf(Verdict.Refused.class);
      assertThat(((Verdict.Refused) beyond).refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(waiting).noneMatch(CompletableFuture::isDone);

      door.opened.countDown();
      assertThat(first.join()).isEqualTo(ClaimRules.NOT_FOUND);
      assertThat(waiting).allMatch(each -> each.join().equals(ClaimRules.NOT_FOUND));
    }
    var batches = meters.get("hongbao.redpacket.batch").summary();
    assertThat(batches.max()).isEqualTo(PacketQueues.BATCH_MAX);
    assertThat(batches.totalAmount()).isEqualTo(1 + PacketQueues.QUEUE_MAX);
  }

  private PacketQueues queues(Queries queries) {
    return new PacketQueues(
        new Store(door, queries),
        new PacketWriter(RandomGenerator.getDefault()),
        queries,
        (_, _) -> Standing.UNASKED,
        _ -> {
          // nobody to tell
        },
        meters);
  }

  private CompletableFuture<Verdict> open(PacketQueues queues, long userId) {
    return queues.submit(packet, new Open(userId)).toCompletableFuture();
  }

  /// Holds whoever comes until it is opened.
  private static final class Door implements Transactions {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final Transactions behind = new MemoryTransactions(() -> 0);

    @Override
    public <T extends @Nullable Object> T transact(Function<Tables, T> work) {
      reached.countDown();
      try {
        opened.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return behind.transact(work);
    }
  }
}

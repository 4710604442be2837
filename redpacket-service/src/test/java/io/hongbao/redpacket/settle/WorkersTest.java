package io.hongbao.redpacket.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Queries;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.kit.FakeGroups;
import io.hongbao.redpacket.ledger.Ledger;
import io.hongbao.redpacket.ledger.WalletEvents;
import io.hongbao.redpacket.packet.PacketKind;
import io.hongbao.redpacket.packet.PacketRow;
import io.hongbao.redpacket.packet.PacketState;
import io.hongbao.redpacket.packet.Publication;
import io.hongbao.redpacket.packet.ShareRule.SplitTime;
import io.hongbao.redpacket.packet.ShareRule.Strategy;
import io.hongbao.redpacket.sim.MemoryTransactions;
import io.hongbao.redpacket.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One packet more than are carried on at once. Each has a task, and its time is over; nobody rang.
@ExtendWith(EmbeddedServices.class)
final class WorkersTest {

  private static final int PACKETS = Workers.AT_ONCE_MAX + 1;

  /// How many tasks were left whenever a packet's time was said to be over.
  private final List<Integer> left = new CopyOnWriteArrayList<>();

  private final Queries queries = new Queries(1);
  private final Store store = new Store(new MemoryTransactions(() -> 0), queries);

  @Test
  void carryOnABoundedNumberAtOnceAndTheRestAfter(TestServices services) {
    LongStream.rangeClosed(1, PACKETS).forEach(this::makeDue);
    try (queries;
        var redis = Redis.open(services.redisUrl());
        var _ =
            Workers.start(
                store, queries, courier(), new Doorbell(redis, "test"), _ -> left.add(tasks()))) {
      await().until(() -> left.size() >= 2 * Workers.AT_ONCE_MAX);
    }
    assertThat(left.subList(0, Workers.AT_ONCE_MAX)).containsOnly(1);
    assertThat(left.subList(Workers.AT_ONCE_MAX, left.size())).containsOnly(0);
  }

  private int tasks() {
    return store.transact(tables -> tables.outbox().due(0, PACKETS)).size();
  }

  private void makeDue(long packetId) {
    var row =
        new PacketRow(
            packetId,
            1,
            1,
            PacketKind.LUCKY,
            SplitTime.REALTIME,
            Strategy.DOUBLE_AVERAGE,
            1,
            null,
            "",
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            null,
            0,
            PacketState.PAID,
            0,
            packetId,
            null,
            0,
            0,
            null,
            null,
            null);
    byte[] key = Long.toString(packetId).getBytes(StandardCharsets.UTF_8);
    store.change(
        tables -> {
          tables.packets().insert(row, key, new byte[0]);
          tables.outbox().put(packetId, Topic.SETTLE, 0);
        });
  }

  private Courier courier() {
    var ledger = new Ledger(() -> 1);
    var events =
        new WalletEvents(
            _ -> {
              // nobody to tell
            });
    var groups = new FakeGroups();
    var publication =
        new Publication(
            store,
            groups,
            ledger,
            events,
            _ -> {
              // nothing is published
            });
    return new Courier(store, new Settlement(ledger), publication, groups, events, () -> 1);
  }
}

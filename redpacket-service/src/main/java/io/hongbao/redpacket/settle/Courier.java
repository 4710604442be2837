package io.hongbao.redpacket.settle;

import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.redpacket.ledger.WalletEvents;
import io.hongbao.redpacket.packet.Entries;
import io.hongbao.redpacket.packet.PacketRow;
import io.hongbao.redpacket.packet.Publication;
import io.hongbao.redpacket.store.Store;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out what the outbox holds for a packet. Each task may be carried out any number of
/// times, by any number of processes at once, and has its effect once.
public final class Courier {

  /// Failures after which a task is dead: with pauses that double from a second, after 17 minutes.
  static final int ATTEMPTS_MAX = 10;

  private static final Logger log = LoggerFactory.getLogger(Courier.class);

  private final Store store;
  private final Settlement settlement;
  private final Publication publication;
  private final GroupLog groups;
  private final WalletEvents events;
  private final LongSupplier ids;

  public Courier(
      Store store,
      Settlement settlement,
      Publication publication,
      GroupLog groups,
      WalletEvents events,
      LongSupplier ids) {
    this.store = store;
    this.settlement = settlement;
    this.publication = publication;
    this.groups = groups;
    this.events = events;
    this.ids = ids;
  }

  /// Does all that waits for a packet. What fails is put off; throws only where even that fails.
  public void deliver(long packetId) {
    List<Topic> topics = store.transact(tables -> tables.outbox().pending(packetId));
    for (Topic topic : topics) {
      try {
        carryOut(packetId, topic);
      } catch (RuntimeException e) {
        log.warn("task failed packetId={} topic={}", packetId, topic, e);
        putOff(packetId, topic);
      }
    }
  }

  private void carryOut(long packetId, Topic topic) {
    switch (topic) {
      case ENTRY -> {
        if (publication.publish(packetId) instanceof Refused(Refusal refusal)) {
          requireFinal(refusal);
        }
      }
      case SETTLE, REFUND ->
          events.booked(store.transact(tables -> settlement.settle(tables, packetId)));
      case FINISHED -> announce(packetId);
    }
  }

  private void announce(long packetId) {
    PacketRow packet = store.transact(tables -> tables.packets().lock(packetId));
    if (packet == null) {
      throw new IllegalStateException("a task for no packet packetId=" + packetId);
    }
    Outcome<?> appended =
        groups.append(Entries.finished(packet, ids.getAsLong())).toCompletableFuture().join();
    if (appended instanceof Refused<?>(Refusal refusal)) {
      requireFinal(refusal); // a dissolved group gets no more entries
    }
    store.change(tables -> tables.outbox().done(packetId, Topic.FINISHED));
  }

  private static void requireFinal(Refusal refusal) {
    if (refusal.code() == ErrorCode.UNAVAILABLE || refusal.code() == ErrorCode.INTERNAL) {
      throw new IllegalStateException("the log says " + refusal.code().wireName());
    }
  }

  private void putOff(long packetId, Topic topic) {
    store.change(tables -> tables.outbox().failed(packetId, topic, ATTEMPTS_MAX, tables.now()));
  }
}

package io.hongbao.redpacket.packet;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.SqlFailure;
import io.hongbao.redpacket.packet.PacketCommand.Grab;
import io.hongbao.redpacket.store.Store;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One writer for each packet that has something to be written: it takes what has queued and makes
/// one transaction of it; while that commits the next batch gathers. Nobody is answered before the
/// commit.
///
/// A writer is a virtual thread that ends when its queue is empty. Several processes may write the
/// same packet: the row lock orders them.
final class PacketQueues {

  /// Commands that wait for one packet; more are answered `unavailable`.
  static final int QUEUE_MAX = 10_000;

  static final int BATCH_MAX = 256;

  /// How long a first batch waits at most for those who are asking for tickets.
  private static final Duration GATHERING_MAX = Duration.ofMillis(5);

  private static final Duration GATHERING_STEP = Duration.ofNanos(100_000);

  private static final Logger log = LoggerFactory.getLogger(PacketQueues.class);

  private final ConcurrentHashMap<Long, Line> lines = new ConcurrentHashMap<>();
  private final Store store;
  private final PacketWriter writer;
  private final Queries queries;
  private final Standings standings;
  private final Committed committed;
  private final DistributionSummary batches;

  PacketQueues(
      Store store,
      PacketWriter writer,
      Queries queries,
      Standings standings,
      Committed committed,
      MeterRegistry meters) {
    this.store = store;
    this.writer = writer;
    this.queries = queries;
    this.standings = standings;
    this.committed = committed;
    this.batches = meters.summary("hongbao.redpacket.batch");
    meters.gaugeMapSize("hongbao.redpacket.writers", List.of(), lines);
  }

  /// What is known of those who grab, asked before the transaction begins. Blocks.
  @FunctionalInterface
  interface Standings {
    Standing of(PacketView packet, List<Long> userIds);
  }

  /// Is told of what was committed, after the commands are answered.
  @FunctionalInterface
  interface Committed {
    void committed(Batch batch);
  }

  private record Pending(PacketCommand command, CompletableFuture<Verdict> verdict) {}

  /// The stage never fails.
  CompletionStage<Verdict> submit(PacketView packet, PacketCommand command) {
    var pending = new Pending(command, new CompletableFuture<>());
    boolean[] starts = {false};
    Line line =
        lines.compute(
            packet.packetId(),
            (_, waiting) -> {
              starts[0] = waiting == null;
              Line at = waiting == null ? new Line() : waiting;
              at.offer(pending);
              return at;
            });
    if (starts[0]) {
      queries.threads().execute(() -> write(packet, line));
    }
    return pending.verdict();
  }

  /// Completes when everything that waits for the packet now is decided.
  CompletionStage<Void> idle(long packetId) {
    Line line = lines.get(packetId);
    return line == null ? CompletableFuture.completedFuture(null) : line.idle;
  }

  private void write(PacketView packet, Line line) {
    gather(packet);
    for (List<Pending> batch = next(packet.packetId());
        !batch.isEmpty();
        batch = next(packet.packetId())) {
      batches.record(batch.size());
      write(packet, batch);
    }
    line.idle.complete(null);
  }

  /// Lets a crowd that comes at once into one commit instead of two. Who grabs alone waits for
  /// nobody.
  private static void gather(PacketView packet) {
    long begin = System.nanoTime();
    while (packet.isAskedForTickets() && System.nanoTime() - begin < GATHERING_MAX.toNanos()) {
      LockSupport.parkNanos(GATHERING_STEP.toNanos());
    }
  }

  /// What waits, or nothing: then the line is gone.
  private List<Pending> next(long packetId) {
    var batch = new ArrayList<Pending>();
    lines.computeIfPresent(packetId, (_, line) -> line.take(batch));
    return batch;
  }

  private void write(PacketView packet, List<Pending> pending) {
    List<PacketCommand> commands = pending.stream().map(Pending::command).toList();
    Batch batch;
    try {
      Standing standing = standing(packet, commands);
      batch =
          store.transact(tables -> writer.decide(tables, packet.packetId(), commands, standing));
    } catch (RuntimeException | Error e) {
      answer(pending, failure(packet, pending.size(), e));
      return;
    }
    packet.committed(batch);
    for (int i = 0; i < pending.size(); i++) {
      pending.get(i).verdict().complete(batch.verdicts().get(i));
    }
    try {
      committed.committed(batch);
    } catch (RuntimeException e) {
      log.error("bug after a commit packetId={}", packet.packetId(), e);
    }
  }

  private Standing standing(PacketView packet, List<PacketCommand> commands) {
    var userIds = new ArrayList<Long>();
    for (PacketCommand command : commands) {
      if (command instanceof Grab grab) {
        userIds.add(grab.userId());
      }
    }
    return userIds.isEmpty() ? Standing.UNASKED : standings.of(packet, userIds);
  }

  private static Verdict failure(PacketView packet, int commands, Throwable e) {
    if (SqlFailure.of(e) == SqlFailure.BUG) {
      log.error("bug packetId={} commands={}", packet.packetId(), commands, e);
      return Verdict.refused(ErrorCode.INTERNAL, "internal error");
    }
    log.warn("database failed packetId={} commands={}", packet.packetId(), commands, e);
    return new Verdict.Refused(Queries.outage());
  }

  private static void answer(List<Pending> pending, Verdict verdict) {
    pending.forEach(each -> each.verdict().complete(verdict));
  }

  /// What waits for one packet. Used inside the map's own lock for its key.
  private static final class Line {
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();

    void offer(Pending pending) {
      if (waiting.size() >= QUEUE_MAX) {
        pending.verdict().complete(new Verdict.Refused(Queries.outage()));
      } else {
        waiting.add(pending);
      }
    }

    @Nullable Line take(List<Pending> batch) {
      while (batch.size() < BATCH_MAX && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      return batch.isEmpty() ? null : this;
    }
  }
}

package io.hongbao.message.log;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.TraceId;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.SqlFailure;
import io.hongbao.message.group.Verdict;
import io.hongbao.message.log.BatchWriter.Decision;
import io.hongbao.message.log.BatchWriter.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One writer of group logs: a thread that takes what has queued, for several groups at once, and
/// makes one transaction of it. While that commits the next batch gathers: the busier, the larger.
///
/// A command waits in a queue of at most [#QUEUE_MAX]; beyond that it is not taken. After the
/// commit what was written is published, then answered. A batch that somebody else's write has
/// overtaken is written again, locked; one that the database refuses is written command by command,
/// so that the one at fault fails alone; where the database is away, the batch and all that waits
/// are answered `unavailable`, and [Doubts] finds out what the batch's commit has made.
final class Lane {

  static final int QUEUE_MAX = 8_192;
  static final int BATCH_MAX = 256;
  static final int ATTEMPTS_MAX = 4;
  private static final int TRACES_LOGGED_MAX = 8;
  private static final Duration IDLE = Duration.ofMillis(100);

  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private final BlockingQueue<Pending> queue;
  private final BatchWriter writer;
  private final RunPublisher publisher;
  private final LaneMeters meters;
  private final BiConsumer<Pending, Reply> answer;
  private final Thread thread;
  private volatile boolean closing;

  /// @param answer takes each command's answer, in the order of the commands about a group
  Lane(
      int number,
      BlockingQueue<Pending> queue,
      BatchWriter writer,
      RunPublisher publisher,
      LaneMeters meters,
      BiConsumer<Pending, Reply> answer) {
    this.queue = queue;
    this.writer = writer;
    this.publisher = publisher;
    this.meters = meters;
    this.answer = answer;
    this.thread = Thread.ofPlatform().name("lane-" + number).daemon().unstarted(this::run);
  }

  static BlockingQueue<Pending> newQueue() {
    return new ArrayBlockingQueue<>(QUEUE_MAX);
  }

  void start() {
    thread.start();
  }

  /// Whether the command was taken: [#refuseIfEnded] is to be called then.
  boolean offer(Pending pending) {
    return !closing && queue.offer(pending);
  }

  /// Answers what came while the lane ended.
  void refuseIfEnded() {
    if (!thread.isAlive()) {
      refuseQueued();
    }
  }

  /// Takes no more, and ends once what waits is written.
  void close() {
    closing = true;
  }

  /// Waits for the end until the deadline; what is then still waiting is answered `unavailable`.
  void awaitEnd(long deadlineNanos) throws InterruptedException {
    thread.join(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())));
    refuseQueued();
  }

  private void run() {
    var batch = new ArrayList<Pending>(BATCH_MAX);
    while (take(batch) || !closing) {
      try {
        if (!batch.isEmpty()) {
          measure(batch);
          var _ = write(batch);
        }
        publisher.tails().announceDue(System.nanoTime());
        publisher.doubts().tellDue(System.nanoTime());
      } catch (RuntimeException | Error e) {
        log.error("bug in a lane", e);
        batch.forEach(pending -> answer.accept(pending, internal()));
      }
      batch.clear();
    }
    publisher.tails().announceAll();
    publisher.doubts().tellAll();
  }

  /// Waits a while for commands; false where none came.
  private boolean take(List<Pending> batch) {
    try {
      long waitNanos = Math.min(IDLE.toNanos(), publisher.tails().waitNanos(System.nanoTime()));
      Pending first = queue.poll(waitNanos, TimeUnit.NANOSECONDS);
      if (first == null) {
        return false;
      }
      batch.add(first);
      queue.drainTo(batch, BATCH_MAX - 1);
      return true;
    } catch (InterruptedException _) {
      return false; // a lane ends when it is closed, by nothing else
    }
  }

  private void measure(List<Pending> batch) {
    long now = System.nanoTime();
    meters.batch().record(batch.size());
    for (Pending pending : batch) {
      meters.waited().record(now - pending.queuedNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /// Answers the whole batch; false where the database is away.
  private boolean write(List<Pending> batch) {
    for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      long start = System.nanoTime();
      Written written;
      try {
        written = writer.write(batch, attempt > 1);
      } catch (RuntimeException | Error e) {
        SqlFailure failure =
            e instanceof StaleStateException ? SqlFailure.CONTENTION : SqlFailure.of(e);
        if (failure == SqlFailure.CONTENTION) {
          meters.redone().increment();
          continue;
        }
        return failure == SqlFailure.BUG ? oneByOne(batch, e) : outage(batch, e);
      }
      meters.written().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
      committed(batch, written);
      return true;
    }
    log.warn(
        "others kept writing what this lane writes commands={} traces={}",
        batch.size(),
        traces(batch));
    refuse(batch);
    return true;
  }

  private boolean outage(List<Pending> batch, Throwable e) {
    log.warn(
        "database failed commands={} queued={} traces={}",
        batch.size(),
        queue.size(),
        traces(batch),
        e);
    writer.forget(batch);
    writer.uncertain().forEach(this::doubt);
    refuse(batch);
    refuseQueued();
    return false;
  }

  private boolean oneByOne(List<Pending> batch, Throwable e) {
    if (batch.size() == 1) {
      Pending alone = batch.getFirst();
      log.error(
          "bug command={} groupId={} trace={}", alone.name(), alone.groupId(), alone.trace(), e);
      answer.accept(alone, internal());
      return true;
    }
    log.warn("batch refused, now command by command commands={}", batch.size(), e);
    for (int i = 0; i < batch.size(); i++) {
      if (!write(List.of(batch.get(i)))) {
        refuse(batch.subList(i + 1, batch.size()));
        return false;
      }
    }
    return true;
  }

  /// Of the first few, for the log.
  private static List<TraceId> traces(List<Pending> batch) {
    return batch.stream().map(Pending::trace).limit(TRACES_LOGGED_MAX).toList();
  }

  private void refuseQueued() {
    var waiting = new ArrayList<Pending>();
    queue.drainTo(waiting);
    refuse(waiting);
  }

  private void refuse(List<Pending> commands) {
    meters.refused().increment(commands.size());
    commands.forEach(pending -> answer.accept(pending, Queries.unavailable()));
  }

  /// Publishes before it answers: who gets both then gets them by one write to the socket, and what
  /// is asked for after the answer (`typing`) cannot overtake a removal and reach who is out.
  private void committed(List<Pending> batch, Written written) {
    written.drafts().forEach(this::publish);
    for (int i = 0; i < batch.size(); i++) {
      answer.accept(batch.get(i), reply(written.decisions().get(i)));
    }
  }

  /// What is committed is answered as such, published or not: it is told a while later then.
  private void publish(GroupDraft draft) {
    try {
      publisher.publish(draft);
    } catch (RuntimeException e) {
      log.error("bug in publishing groupId={} trace={}", draft.groupId(), draft.trace(), e);
      doubt(draft);
    }
  }

  private void doubt(GroupDraft draft) {
    publisher.doubts().add(draft.groupId(), draft.movedIds(), System.nanoTime());
  }

  private static Reply reply(Decision decision) {
    return switch (decision) {
      case Decision.Decided(Verdict.Done done) -> done.answer().reply();
      case Decision.Decided(Verdict.Repeat repeat) -> repeat.answer().reply();
      case Decision.Decided(Verdict.Refused refused) -> Reply.refused(refused.refusal());
      case Decision.Failed _ -> internal();
    };
  }

  private static Reply internal() {
    return Reply.refused(ErrorCode.INTERNAL, "internal error");
  }
}

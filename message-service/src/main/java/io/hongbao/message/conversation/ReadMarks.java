package io.hongbao.message.conversation;

import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.wire.Event;
import io.hongbao.message.NumberRows;
import io.hongbao.message.conversation.ReadMark.Moved;
import io.hongbao.message.conversation.ReadMarkBatch.Marked;
import io.hongbao.message.conversation.ReadMarkQueue.Waiting;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ibatis.exceptions.PersistenceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes read marks, the one thing that many members write for one message.
///
/// One writer takes up to [#BATCH_MAX] marks from the queue into one transaction; replies and
/// events follow its commit. Then it rests [#REST_FACTOR] times as long as that took, at most
/// [#REST_MAX], unless a whole batch waits already: a mark on a quiet server is written at once,
/// and the members of a busy group share batches instead of taking the database from the senders.
/// Where the queue is full, and once closed, the answer is `unavailable`.
final class ReadMarks implements AutoCloseable {

  static final int BATCH_MAX = NumberRows.MAX;
  static final int REST_FACTOR = 8;
  static final Duration REST_MAX = Duration.ofMillis(250);

  /// Tries of a batch that another process's batch got in the way of.
  private static final int TRIES_MAX = 3;

  private static final String DEADLOCK = "40001";

  private static final Logger log = LoggerFactory.getLogger(ReadMarks.class);

  private final Database database;
  private final Push push;
  private final DistributionSummary batchSizes;
  private final ReadMarkQueue queue = new ReadMarkQueue(BATCH_MAX);
  private final Thread writer;

  private ReadMarks(Database database, Push push, MeterRegistry meters) {
    this.database = database;
    this.push = push;
    this.batchSizes =
        DistributionSummary.builder("hongbao.read.mark.batch")
            .description("Read marks written in one transaction")
            .register(meters);
    this.writer = Thread.ofVirtual().name("read-marks").unstarted(this::run);
  }

  static ReadMarks start(Database database, Push push, MeterRegistry meters) {
    var marks = new ReadMarks(database, push, meters);
    marks.writer.start();
    return marks;
  }

  /// Answers once the mark is written. Refusals: those of `message.read`, and `unavailable`.
  ///
  /// @param sessionId of who asks, who gets no event
  CompletionStage<Reply> mark(ReadMark mark, long sessionId) {
    CompletableFuture<Reply> reply = queue.add(mark, sessionId);
    return reply == null ? CompletableFuture.completedFuture(Queries.unavailable()) : reply;
  }

  /// Returns when all marks that were taken in are written.
  @Override
  public void close() {
    queue.close();
    try {
      writer.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (List<Waiting> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
        long start = System.nanoTime();
        answer(batch);
        Duration rest = Duration.ofNanos((System.nanoTime() - start) * REST_FACTOR);
        queue.rest(rest.compareTo(REST_MAX) < 0 ? rest : REST_MAX);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(List<Waiting> batch) {
    Map<MemberKey, Marked> results;
    try {
      results = write(batch.stream().map(Waiting::mark).sorted(BY_KEY).toList(), TRIES_MAX);
    } catch (PersistenceException e) {
      log.warn("database failed op=message.read marks={}", batch.size(), e);
      batch.forEach(waiting -> waiting.reply().complete(Queries.unavailable()));
      return;
    } catch (RuntimeException e) {
      log.error("bug op=message.read marks={}", batch.size(), e);
      Reply internal = Reply.refused(ErrorCode.INTERNAL, "internal error");
      batch.forEach(waiting -> waiting.reply().complete(internal));
      return;
    }
    batchSizes.record(batch.size());
    for (Waiting waiting : batch) {
      answer(waiting, Objects.requireNonNull(results.get(waiting.mark().key()), "one a mark"));
    }
  }

  private Map<MemberKey, Marked> write(List<ReadMark> marks, int tries) {
    try {
      return database.transact(transaction -> new ReadMarkBatch(transaction).write(marks));
    } catch (PersistenceException e) {
      if (tries > 1
          && e.getCause() instanceof SQLException cause
          && DEADLOCK.equals(cause.getSQLState())) {
        return write(marks, tries - 1);
      }
      throw e;
    }
  }

  private void answer(Waiting waiting, Marked marked) {
    switch (marked.outcome()) {
      case Refused(var refusal) -> waiting.reply().complete(Reply.refused(refusal));
      case Done(var written) -> {
        waiting.reply().complete(Reply.of(written));
        if (marked.moved()) {
          MemberKey key = waiting.mark().key();
          var moved = new Moved(key.groupId(), written.readSeq(), written.unread());
          byte[] event = new Event("read", moved).bytes();
          push.publish(new UserSignal(List.of(key.userId()), waiting.onlySessionId(), event));
        }
      }
    }
  }

  private static final Comparator<ReadMark> BY_KEY = Comparator.comparing(ReadMark::key);
}

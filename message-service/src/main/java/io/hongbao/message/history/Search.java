package io.hongbao.message.history;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.Transaction;
import io.hongbao.message.Reads;
import io.hongbao.message.history.HistoryRequest.SearchMessages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets searches in, few at a time: each of them reads whole logs.
///
/// [#RUNNING_MAX] run at once, [#WAITING_MAX] wait for up to [#WAIT_MAX]; whoever comes beyond or
/// waits longer is answered `unavailable`.
final class Search {

  static final int RUNNING_MAX = 2;
  static final int WAITING_MAX = 64;
  static final Duration WAIT_MAX = Duration.ofSeconds(5);

  private static final String OP = "message.search";

  private final Reads reads;
  private final Semaphore running = new Semaphore(RUNNING_MAX, true);
  private final AtomicInteger inHand = new AtomicInteger();

  Search(Reads reads) {
    this.reads = reads;
  }

  CompletionStage<Reply> search(Caller caller, SearchMessages request) {
    Long groupId = request.groupId();
    return groupId == null
        ? start(caller, request)
        : reads.inOrder(groupId, () -> start(caller, request));
  }

  private CompletionStage<Reply> start(Caller caller, SearchMessages request) {
    if (inHand.incrementAndGet() > RUNNING_MAX + WAITING_MAX) {
      inHand.decrementAndGet();
      return CompletableFuture.completedFuture(Queries.unavailable());
    }
    return reads
        .queries()
        .call(OP, () -> waitAndRun(caller, request), Reply::refused)
        .whenComplete((_, _) -> inHand.decrementAndGet());
  }

  private Reply waitAndRun(Caller caller, SearchMessages request) {
    try {
      if (!running.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        return Queries.unavailable();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Queries.unavailable();
    }
    try {
      return run(caller, request);
    } finally {
      running.release();
    }
  }

  private Reply run(Caller caller, SearchMessages request) {
    Outcome<List<Span>> spans =
        reads
            .queries()
            .turn(
                () ->
                    reads.database().transact(transaction -> spans(transaction, caller, request)));
    return switch (spans) {
      case Refused(var refusal) -> Reply.refused(refusal);
      case Done(var readable) ->
          Reply.of(
              new SearchRun(reads.database(), reads.queries(), request)
                  .page(readable, SearchRun.TIME_MAX));
    };
  }

  /// Where the caller may look.
  private static Outcome<List<Span>> spans(
      Transaction transaction, Caller caller, SearchMessages request) {
    Long groupId = request.groupId();
    if (groupId == null) {
      return Outcome.done(transaction.mapper(SearchMapper.class).readable(caller.userId()));
    }
    return switch (Reads.standing(transaction, caller.userId(), groupId)) {
      case Refused(var refusal) -> Outcome.refused(refusal);
      case Done(var standing) ->
          Outcome.done(List.of(new Span(groupId, standing.firstVisibleSeq(), standing.lastSeq())));
    };
  }
}

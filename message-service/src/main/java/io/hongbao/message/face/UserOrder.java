package io.hongbao.message.face;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.sql.Queries;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the requests of one user take effect in the order in which they came, each after the answer
/// to the one before.
final class UserOrder {

  /// Requests of one user in hand; the next one is answered `unavailable`.
  static final int WAITING_MAX = 64;

  private static final CompletableFuture<Reply> NOTHING =
      CompletableFuture.completedFuture(Queries.unavailable());

  private static final Logger log = LoggerFactory.getLogger(UserOrder.class);

  private final ConcurrentHashMap<Long, Line> lines = new ConcurrentHashMap<>();

  /// @param length requests in hand
  /// @param newest the answer to the newest of them
  /// @param before the answer that the newest one waits for
  private record Line(
      int length, CompletableFuture<Reply> newest, CompletableFuture<Reply> before) {}

  /// Starts `work` when it is its turn. The stage never fails.
  CompletionStage<Reply> next(long userId, Supplier<CompletionStage<Reply>> work) {
    var answer = new CompletableFuture<Reply>();
    Line line =
        lines.merge(userId, new Line(1, answer, NOTHING), (old, _) -> lengthened(old, answer));
    if (line.newest != answer) {
      return CompletableFuture.completedFuture(Queries.unavailable());
    }
    var _ =
        line.before
            .thenCompose(_ -> work.get())
            .exceptionally(UserOrder::failed)
            .thenAccept(
                reply -> {
                  lines.computeIfPresent(userId, (_, old) -> shortened(old));
                  answer.complete(reply);
                });
    return answer;
  }

  /// Users with requests in hand.
  int size() {
    return lines.size();
  }

  private static Line lengthened(Line old, CompletableFuture<Reply> answer) {
    return old.length < WAITING_MAX ? new Line(old.length + 1, answer, old.newest) : old;
  }

  private static @Nullable Line shortened(Line old) {
    return old.length == 1 ? null : new Line(old.length - 1, old.newest, old.before);
  }

  private static Reply failed(Throwable failure) {
    log.warn("a face-to-face request could not be worked on", failure);
    return Queries.unavailable();
  }
}

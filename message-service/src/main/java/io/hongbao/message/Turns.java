package io.hongbao.message;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Keeps work about one key in the order in which it came, though none of it blocks: pipelined
/// requests take effect in the order sent. Holds a key only while there is work for it.
public final class Turns<K> {

  private final ConcurrentHashMap<K, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();

  /// Starts `work` at once; what comes later by [#next] or [#settled] waits for it.
  public <T> CompletionStage<T> beside(K key, Supplier<CompletionStage<T>> work) {
    CompletionStage<T> result = work.get();
    if (!result.toCompletableFuture().isDone()) {
      var _ = enter(key, endOf(result));
    }
    return result;
  }

  /// Starts `work` when all that came before is done; what comes later waits for it.
  public <T> CompletionStage<T> next(K key, Supplier<CompletionStage<T>> work) {
    var start = new CompletableFuture<Boolean>();
    CompletionStage<T> result = start.thenCompose(_ -> work.get());
    var _ = enter(key, endOf(result)).thenRun(() -> start.complete(true));
    return result;
  }

  /// Completes when all that came before is done.
  public CompletionStage<Void> settled(K key) {
    return ends.getOrDefault(key, CompletableFuture.allOf());
  }

  private CompletableFuture<Void> enter(K key, CompletableFuture<?> end) {
    while (true) {
      CompletableFuture<Void> earlier = ends.get(key);
      CompletableFuture<Void> all =
          earlier == null ? CompletableFuture.allOf(end) : CompletableFuture.allOf(earlier, end);
      boolean entered =
          earlier == null ? ends.putIfAbsent(key, all) == null : ends.replace(key, earlier, all);
      if (entered) {
        var _ = all.thenRun(() -> ends.remove(key, all));
        return earlier == null ? CompletableFuture.allOf() : earlier;
      }
    }
  }

  /// Completes with the work, and never fails.
  private static CompletableFuture<?> endOf(CompletionStage<?> work) {
    return work.handle((_, _) -> true).toCompletableFuture();
  }
}

package io.hongbao.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/// Whether this process lives, and whether it is ready for clients.
///
/// The parts may block while they look; each has [#PART_SECONDS_MAX], and requests that come
/// meanwhile share one answer.
public final class Health {

  static final long PART_SECONDS_MAX = 2;

  private final Map<String, BooleanSupplier> parts;
  private final ExecutorService blocking;
  private final AtomicReference<CompletableFuture<List<String>>> asking = new AtomicReference<>();
  private volatile boolean leaving;

  /// @param parts by name, true where it is ready
  /// @param blocking an executor of virtual threads
  public Health(Map<String, BooleanSupplier> parts, ExecutorService blocking) {
    this.parts = new LinkedHashMap<>(parts);
    this.blocking = blocking;
  }

  /// Not ready from now on.
  public void leave() {
    leaving = true;
  }

  record Report(String status, List<String> missing) {}

  HttpAnswer live() {
    return HttpAnswer.json(HttpResponseStatus.OK, new Report("up", List.of()))
        .with("cache-control", "no-store");
  }

  CompletionStage<HttpAnswer> ready() {
    return missing()
        .thenApply(
            missing ->
                HttpAnswer.json(
                        missing.isEmpty()
                            ? HttpResponseStatus.OK
                            : HttpResponseStatus.SERVICE_UNAVAILABLE,
                        new Report(missing.isEmpty() ? "up" : "down", missing))
                    .with("cache-control", "no-store"));
  }

  private CompletionStage<List<String>> missing() {
    if (leaving) {
      return CompletableFuture.completedStage(List.of("leaving"));
    }
    var mine = new CompletableFuture<List<String>>();
    CompletableFuture<List<String>> others = asking.compareAndExchange(null, mine);
    if (others != null) {
      return others;
    }
    blocking.execute(
        () -> {
          List<String> missing = ask();
          asking.set(null);
          mine.complete(missing);
        });
    return mine;
  }

  private List<String> ask() {
    var names = new ArrayList<String>(parts.keySet());
    var questions = new ArrayList<Callable<Boolean>>();
    parts.values().forEach(part -> questions.add(part::getAsBoolean));
    var missing = new ArrayList<String>();
    try {
      List<Future<Boolean>> answers =
          blocking.invokeAll(questions, PART_SECONDS_MAX, TimeUnit.SECONDS);
      for (int i = 0; i < answers.size(); i++) {
        if (!isReady(answers.get(i))) {
          missing.add(names.get(i));
        }
      }
      return missing;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return names;
    }
  }

  private static boolean isReady(Future<Boolean> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException | CancellationException _) {
      return false; // it failed, or did not answer in time
    }
  }
}

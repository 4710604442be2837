package io.hongbao.common.remote;

import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Keeps what it was asked, in order. `echo` is answered with its data, `refuse` with a refusal
/// that has every field, `hold` when the test says so; `fail` and `throw` have bugs.
final class FakeExchange implements Exchange {

  static final Refusal REFUSAL =
      new Refusal(ErrorCode.MUTED, "not now: “später”", "content.text", 1_234L, 1_900_000_000_000L);

  final Queue<Request> asked = new ConcurrentLinkedQueue<>();
  private final Queue<Held> held = new ConcurrentLinkedQueue<>();
  private final List<String> features;

  private record Held(Request request, CompletableFuture<Reply> reply) {}

  FakeExchange(String... features) {
    this.features = List.of(features);
  }

  @Override
  public CompletionStage<Reply> exchange(Request request) {
    asked.add(request);
    return switch (request.op()) {
      case "refuse" -> CompletableFuture.completedStage(Reply.refused(REFUSAL));
      case "fail" -> CompletableFuture.failedStage(new IllegalStateException("on purpose"));
      case "throw" -> throw new IllegalStateException("on purpose");
      case "hold" -> {
        var reply = new CompletableFuture<Reply>();
        held.add(new Held(request, reply));
        yield reply;
      }
      default -> CompletableFuture.completedStage(new Reply.Success(request.data()));
    };
  }

  @Override
  public List<String> features() {
    return features;
  }

  int holding() {
    return held.size();
  }

  /// Answers what is held, the last first.
  void release() {
    var all = new ArrayList<Held>();
    for (Held one = held.poll(); one != null; one = held.poll()) {
      all.addFirst(one);
    }
    all.forEach(one -> one.reply.complete(new Reply.Success(one.request.data())));
  }

  int count() {
    return asked.size();
  }
}

package io.hongbao.gateway.kit;

import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// A service that echoes a request's data, for ops that begin with `test.`; `test.hold` is answered
/// when the test says so, `test.fail` not at all as it should be, `test.large` with many bytes.
public final class FakeService implements Exchange {

  /// A request that waits for its answer.
  public record Held(Request request, CompletableFuture<Reply> answer) {
    public void succeed() {
      answer.complete(new Reply.Success(request.data()));
    }
  }

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Held> held = new LinkedBlockingQueue<>();

  public List<Request> requests() {
    return requests;
  }

  public LinkedBlockingQueue<Held> held() {
    return held;
  }

  @Override
  public CompletionStage<Reply> exchange(Request request) {
    requests.add(request);
    return switch (request.op()) {
      case "test.echo", "account.create", "account.token", "typing" ->
          CompletableFuture.completedStage(new Reply.Success(request.data()));
      case "test.slow" -> CompletableFuture.supplyAsync(() -> new Reply.Success(request.data()));
      case "test.hold" -> {
        var one = new Held(request, new CompletableFuture<>());
        held.add(one);
        yield one.answer;
      }
      case "test.fail" -> CompletableFuture.failedStage(new IllegalStateException("on purpose"));
      case "test.large" -> CompletableFuture.completedStage(new Reply.Success(large()));
      default ->
          CompletableFuture.completedStage(
              Reply.refused(ErrorCode.UNKNOWN_OP, "unknown operation"));
    };
  }

  @Override
  public List<String> features() {
    return List.of("tests");
  }

  /// 100,000 bytes that compress well.
  public static byte[] large() {
    String text = "red packets for everyone ".repeat(4_000);
    return ("{\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
  }
}

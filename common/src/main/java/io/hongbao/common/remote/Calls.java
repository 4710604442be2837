package io.hongbao.common.remote;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.hongbao.common.contract.TraceId;
import io.hongbao.common.error.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Single questions to a role. All of them may be asked twice: an instance that is lost before it
/// has answered is replaced by another one, once.
final class Calls {

  static final long DEADLINE_SECONDS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private final Instances instances;

  Calls(Instances instances) {
    this.instances = instances;
  }

  /// @param key what it is about: all about one thing is asked of one instance
  /// @return a stage that never fails: what the wire does is the refusal `unavailable`
  <Q, A, T> CompletionStage<Outcome<T>> ask(
      MethodDescriptor<Q, A> method, long key, Q question, Function<A, Outcome<T>> read) {
    return call(method, key, question)
        .thenApply(read)
        .exceptionally(
            failure -> {
              LOG.debug("a call failed, method={}", method.getFullMethodName(), failure);
              return Outcome.refused(Unavailable.lost());
            });
  }

  /// @return a stage that fails where the other side or the wire does
  <Q, A> CompletionStage<A> call(MethodDescriptor<Q, A> method, long key, Q question) {
    Connection first = instances.pick(key, null);
    if (first == null) {
      return CompletableFuture.failedStage(
          Status.UNAVAILABLE.withDescription("no instance can be reached").asRuntimeException());
    }
    TraceId trace = TraceId.current(); // the second call begins on another thread
    return call(method, first, question)
        .exceptionallyCompose(
            failure -> {
              Connection other =
                  Status.fromThrowable(failure).getCode() == Status.Code.UNAVAILABLE
                      ? instances.pick(key, first)
                      : null;
              return other == null
                  ? CompletableFuture.failedStage(failure)
                  : trace.with(() -> call(method, other, question));
            });
  }

  private static <Q, A> CompletionStage<A> call(
      MethodDescriptor<Q, A> method, Connection connection, Q question) {
    var answer = new CompletableFuture<A>();
    ClientCalls.asyncUnaryCall(
        connection
            .channel()
            .newCall(
                method, CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)),
        question,
        new StreamObserver<>() {
          private @Nullable A value;

          @Override
          public void onNext(A message) {
            value = message;
          }

          @Override
          public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
          }

          @Override
          public void onCompleted() {
            if (value != null) {
              answer.complete(value);
            }
          }
        });
    return answer;
  }
}

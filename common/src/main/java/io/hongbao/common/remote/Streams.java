package io.hongbao.common.remote;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Opens streams to an instance.
final class Streams {

  private Streams() {}

  /// What comes back on a stream.
  interface Listener<A> {
    void heard(A message);

    /// @param failure null where the other side has ended it
    void ended(@Nullable Throwable failure);
  }

  /// @param call starts it
  /// @param join see [Outbox]
  static <T, M, A> Outbox<T, M> open(
      Function<StreamObserver<A>, StreamObserver<M>> call,
      Function<List<T>, M> join,
      ToIntFunction<T> bytesOf,
      long bytesMax,
      Listener<A> listener) {
    var made = new AtomicReference<@Nullable Outbox<T, M>>();
    var _ =
        call.apply(
            new ClientResponseObserver<M, A>() {
              @Override
              public void beforeStart(ClientCallStreamObserver<M> stream) {
                var outbox = new Outbox<T, M>(stream, join, bytesOf, bytesMax);
                stream.setOnReadyHandler(outbox::flush);
                made.set(outbox);
              }

              @Override
              public void onNext(A message) {
                listener.heard(message);
              }

              @Override
              public void onError(Throwable failure) {
                listener.ended(failure);
              }

              @Override
              public void onCompleted() {
                listener.ended(null);
              }
            });
    Outbox<T, M> outbox = made.get();
    if (outbox == null) {
      throw new IllegalStateException("a call prepares its stream before it returns");
    }
    return outbox;
  }
}

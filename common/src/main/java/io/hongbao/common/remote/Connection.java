package io.hongbao.common.remote;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.hongbao.common.remote.proto.NodeGrpc;
import io.hongbao.common.remote.proto.NodeState;
import io.hongbao.common.remote.proto.WatchRequest;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// One connection to an instance of a role, from the attempt on until it is lost; then it is of no
/// use any more, and the next attempt is another one.
final class Connection {

  /// A sign of life comes every second.
  static final long SILENCE_NANOS_MAX = TimeUnit.SECONDS.toNanos(3);

  /// Is told what becomes of a connection, on the given executor.
  interface Fate {
    /// The instance has said who it is.
    void connected(Connection connection);

    /// Nothing new is to be asked of it.
    void leaving(Connection connection);

    /// Comes once, last.
    void lost(Connection connection, String reason);
  }

  private final Place place;
  private final ManagedChannel channel;
  private final Executor executor;
  private final Fate fate;

  // Below, all belongs to the executor, but for what others read.
  private long heardNanos = System.nanoTime();
  private volatile long instance;
  private volatile List<String> features = List.of();
  private boolean connected;
  private volatile boolean leaving;
  private boolean lost;

  Connection(Place place, ManagedChannel channel, Executor executor, Fate fate) {
    this.place = place;
    this.channel = channel;
    this.executor = executor;
    this.fate = fate;
  }

  /// Begins to connect.
  void open() {
    NodeGrpc.newStub(channel)
        .watch(
            WatchRequest.getDefaultInstance(),
            new StreamObserver<>() {
              @Override
              public void onNext(NodeState state) {
                executor.execute(() -> heard(state));
              }

              @Override
              public void onError(Throwable failure) {
                lose(String.valueOf(Status.fromThrowable(failure)));
              }

              @Override
              public void onCompleted() {
                lose("it has left");
              }
            });
  }

  Place place() {
    return place;
  }

  ManagedChannel channel() {
    return channel;
  }

  /// Who is at the other end, whatever its address.
  long instance() {
    return instance;
  }

  List<String> features() {
    return features;
  }

  boolean isLeaving() {
    return leaving;
  }

  /// Breaks off, with all that is in flight. Any thread.
  void lose(String reason) {
    channel.shutdownNow();
    try {
      executor.execute(() -> lost(reason));
    } catch (RejectedExecutionException _) {
      // this node has left: nobody is to be told any more
    }
  }

  /// On the executor.
  void checkAlive(long nowNanos) {
    if (nowNanos - heardNanos > SILENCE_NANOS_MAX) {
      lose("it is silent");
    }
  }

  private void lost(String reason) {
    if (!lost) {
      lost = true;
      fate.lost(this, reason);
    }
  }

  private void heard(NodeState state) {
    if (lost) {
      return;
    }
    heardNanos = System.nanoTime();
    if (!connected) {
      connected = true;
      instance = state.getInstance();
      features = List.copyOf(state.getFeaturesList());
      fate.connected(this);
    }
    if (state.getLeaving() && !leaving) {
      leaving = true;
      fate.leaving(this);
    }
  }
}

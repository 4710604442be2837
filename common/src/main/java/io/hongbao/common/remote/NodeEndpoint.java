package io.hongbao.common.remote;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.hongbao.common.remote.proto.NodeGrpc;
import io.hongbao.common.remote.proto.NodeState;
import io.hongbao.common.remote.proto.WatchRequest;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Tells all who are connected that this node is there, every second, and when it leaves.
final class NodeEndpoint extends NodeGrpc.NodeImplBase {

  private static final long EVERY_MS = 1_000;

  private final ScheduledExecutorService timer;
  private final Supplier<List<String>> features;
  private final long instance = new SecureRandom().nextLong();

  // Below, all belongs to the timer's thread.
  private final Set<ServerCallStreamObserver<NodeState>> watchers = new HashSet<>();
  private boolean leaving;

  NodeEndpoint(ScheduledExecutorService timer, Supplier<List<String>> features) {
    this.timer = timer;
    this.features = features;
  }

  void start() {
    timer.scheduleWithFixedDelay(
        () -> watchers.forEach(this::tell), EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<NodeState> watcher) {
    var stream = (ServerCallStreamObserver<NodeState>) watcher;
    stream.setOnCancelHandler(() -> timer.execute(() -> watchers.remove(stream)));
    timer.execute(
        () -> {
          watchers.add(stream);
          tell(stream);
        });
  }

  void leave() {
    timer.execute(
        () -> {
          leaving = true;
          watchers.forEach(this::tell);
        });
  }

  void complete() {
    timer.execute(
        () -> {
          watchers.forEach(StreamObserver::onCompleted);
          watchers.clear();
        });
  }

  /// What finds no room is made up for by the next one.
  private void tell(ServerCallStreamObserver<NodeState> watcher) {
    if (watcher.isReady() && !watcher.isCancelled()) {
      watcher.onNext(
          NodeState.newBuilder()
              .setInstance(instance)
              .setLeaving(leaving)
              .addAllFeatures(features.get())
              .build());
    }
  }
}

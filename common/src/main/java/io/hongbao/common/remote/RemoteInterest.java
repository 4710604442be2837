package io.hongbao.common.remote;

import io.hongbao.common.contract.Interest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// A gateway's interest, told to every instance of the push role.
///
/// A stage of a [Interest.Link] completes when all instances that are connected have the addition
/// in force; one that does not answer holds it up for [#ANSWER_MS_MAX], one that is away not at
/// all. An instance that is connected anew gets the whole interest first; what was published
/// through it meanwhile has reached nobody here, so the sink is told `missed` once it is in force.
final class RemoteInterest implements Interest {

  static final long ANSWER_MS_MAX = 1_000;

  private final Instances instances;

  RemoteInterest(Instances instances) {
    this.instances = instances;
  }

  @Override
  public Link attach(Sink sink) {
    var link = new RemoteLink(sink);
    instances.watch(link);
    return link;
  }

  private static final class RemoteLink implements Link, Instances.Watcher {

    private final Sink sink;
    private final Map<Connection, InterestStream> streams = new ConcurrentHashMap<>();

    // Guarded by this, which also keeps changes in one order on all streams.
    private final Set<Long> users = new LinkedHashSet<>();
    private final Set<Long> groups = new LinkedHashSet<>();
    private boolean closed;

    private RemoteLink(Sink sink) {
      this.sink = sink;
    }

    @Override
    public synchronized CompletionStage<Void> addUser(long userId) {
      if (users.add(userId)) {
        streams.values().forEach(stream -> stream.addUsers(List.of(userId)));
      }
      return inForce();
    }

    @Override
    public synchronized void removeUser(long userId) {
      if (users.remove(userId)) {
        streams.values().forEach(stream -> stream.removeUser(userId));
      }
    }

    @Override
    public synchronized CompletionStage<Void> addGroups(List<Long> groupIds) {
      List<Long> added = groupIds.stream().filter(groups::add).toList();
      if (!added.isEmpty()) {
        streams.values().forEach(stream -> stream.addGroups(added));
      }
      return inForce();
    }

    @Override
    public synchronized void removeGroups(List<Long> groupIds) {
      List<Long> removed = groupIds.stream().filter(groups::remove).toList();
      if (!removed.isEmpty()) {
        streams.values().forEach(stream -> stream.removeGroups(removed));
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      streams.values().forEach(InterestStream::complete);
    }

    @Override
    public synchronized void connected(Connection connection) {
      if (closed) {
        return;
      }
      var stream = new InterestStream(connection, sink);
      streams.put(connection, stream);
      if (users.isEmpty() && groups.isEmpty()) {
        return;
      }
      stream.addUsers(users);
      stream.addGroups(groups);
      var _ = stream.inForce().thenRun(sink::missed);
    }

    @Override
    public void lost(Connection connection) {
      InterestStream stream = streams.remove(connection);
      if (stream != null) {
        stream.broke();
      }
    }

    /// Additions that are there already may still be on their way: they are waited for, too.
    private CompletionStage<Void> inForce() {
      List<CompletableFuture<Void>> waiting = new ArrayList<>();
      for (InterestStream stream : streams.values()) {
        CompletableFuture<Void> stage = stream.inForce();
        if (!stage.isDone()) {
          waiting.add(stage);
        }
      }
      return waiting.isEmpty()
          ? CompletableFuture.completedStage(null)
          : CompletableFuture.allOf(waiting.toArray(CompletableFuture<?>[]::new))
              .completeOnTimeout(null, ANSWER_MS_MAX, TimeUnit.MILLISECONDS);
    }
  }
}

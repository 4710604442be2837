package io.hongbao.push;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Interest;
import io.hongbao.common.index.Whereabouts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// One attached gateway: where its deliveries go, and its side of the index.
///
/// The lock orders adding against closing, so that nothing of a closed gateway stays in the index.
final class Gateway implements Interest.Link {

  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final Interest.Sink sink;
  private final Whereabouts<Gateway> groups;
  private final Whereabouts<Gateway> users;
  private volatile boolean closed;

  Gateway(Interest.Sink sink, Whereabouts<Gateway> groups, Whereabouts<Gateway> users) {
    this.sink = sink;
    this.groups = groups;
    this.users = users;
  }

  void deliver(Delivery delivery) {
    if (!closed) {
      sink.deliver(delivery);
    }
  }

  @Override
  public synchronized CompletionStage<Void> addUser(long userId) {
    if (!closed) {
      users.add(userId, this);
    }
    return DONE;
  }

  @Override
  public void removeUser(long userId) {
    users.remove(userId, this);
  }

  @Override
  public synchronized CompletionStage<Void> addGroups(List<Long> groupIds) {
    if (!closed) {
      for (long groupId : groupIds) {
        groups.add(groupId, this);
      }
    }
    return DONE;
  }

  @Override
  public void removeGroups(List<Long> groupIds) {
    for (long groupId : groupIds) {
      groups.remove(groupId, this);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    groups.removeAll(this);
    users.removeAll(this);
  }
}

package io.hongbao.gateway.fanout;

import io.hongbao.common.contract.Interest;
import io.hongbao.common.index.Whereabouts;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Which event loops have sessions of a user or a group, and through it what this node tells the
/// push service that it is interested in.
///
/// Looking up takes no lock. Changes do, one for the node, so that the push service hears additions
/// and removals of the same id in the order in which they happened here.
final class LoopIndex {

  private final Whereabouts<Hub> users = new Whereabouts<>();
  private final Whereabouts<Hub> groups = new Whereabouts<>();
  private final Object lock = new Object();
  private final Interest.Link link;

  LoopIndex(Interest.Link link) {
    this.link = link;
  }

  List<Hub> ofUser(long userId) {
    return users.of(userId);
  }

  List<Hub> ofGroup(long groupId) {
    return groups.of(groupId);
  }

  CompletionStage<Void> addUser(long userId, Hub hub) {
    synchronized (lock) {
      users.add(userId, hub);
      return link.addUser(userId);
    }
  }

  void removeUser(long userId, Hub hub) {
    synchronized (lock) {
      if (users.remove(userId, hub)) {
        link.removeUser(userId);
      }
    }
  }

  CompletionStage<Void> addGroups(List<Long> groupIds, Hub hub) {
    synchronized (lock) {
      for (long groupId : groupIds) {
        groups.add(groupId, hub);
      }
      return link.addGroups(groupIds);
    }
  }

  void removeGroup(long groupId, Hub hub) {
    synchronized (lock) {
      if (groups.remove(groupId, hub)) {
        link.removeGroups(List.of(groupId));
      }
    }
  }
}

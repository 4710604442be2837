package io.hongbao.common.remote;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Interest;
import io.hongbao.common.contract.Push;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// The least that a push service is: hands each delivery to the gateways that want it.
final class FakePush implements Push, Interest {

  final Set<Gateway> gateways = ConcurrentHashMap.newKeySet();

  @Override
  public void publish(Delivery delivery) {
    for (Gateway gateway : gateways) {
      if (gateway.wants(delivery)) {
        gateway.sink.deliver(delivery);
      }
    }
  }

  @Override
  public Link attach(Sink sink) {
    var gateway = new Gateway(sink);
    gateways.add(gateway);
    return gateway;
  }

  boolean hasGroup(long groupId) {
    return gateways.stream().anyMatch(gateway -> gateway.groups.contains(groupId));
  }

  boolean hasUser(long userId) {
    return gateways.stream().anyMatch(gateway -> gateway.users.contains(userId));
  }

  final class Gateway implements Link {
    private final Sink sink;
    final Set<Long> users = ConcurrentHashMap.newKeySet();
    final Set<Long> groups = ConcurrentHashMap.newKeySet();

    private Gateway(Sink sink) {
      this.sink = sink;
    }

    private boolean wants(Delivery delivery) {
      return switch (delivery) {
        case Delivery.UserSignal signal -> signal.userIds().stream().anyMatch(users::contains);
        case Delivery.SessionOpened opened -> users.contains(opened.userId());
        default -> groups.contains(DeliveryEncoding.keyOf(delivery));
      };
    }

    @Override
    public CompletionStage<Void> addUser(long userId) {
      users.add(userId);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void removeUser(long userId) {
      users.remove(userId);
    }

    @Override
    public CompletionStage<Void> addGroups(List<Long> groupIds) {
      groups.addAll(groupIds);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void removeGroups(List<Long> groupIds) {
      groupIds.forEach(groups::remove);
    }

    @Override
    public void close() {
      gateways.remove(this);
    }
  }
}

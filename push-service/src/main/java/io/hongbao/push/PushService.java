package io.hongbao.push;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Interest;
import io.hongbao.common.contract.MembershipChange;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.UnreadMembers;
import io.hongbao.common.index.Whereabouts;
import io.hongbao.push.hook.HookConfig;
import io.hongbao.push.hook.HookMeters;
import io.hongbao.push.hook.OfflineHook;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes what services publish to the gateways that have someone to tell.
///
/// Each gateway says itself which users and groups it has sessions of; this service only looks them
/// up. A delivery is handed over on the publisher's thread, so what one thread publishes about a
/// group arrives in that order. Safe for any number of threads; it holds no lock while a gateway
/// takes a delivery.
public final class PushService implements Push, Interest, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PushService.class);

  private final Whereabouts<Gateway> groups = new Whereabouts<>();
  private final Whereabouts<Gateway> users = new Whereabouts<>();
  private final Counter published;
  private final Counter routed;
  private final Counter failed;
  private final HookMeters hookMeters;
  private volatile @Nullable OfflineHook hook;
  private volatile boolean closed;

  public PushService(MeterRegistry meters) {
    this.published = meters.counter("hongbao.push.published");
    this.routed = meters.counter("hongbao.push.routed");
    this.failed = meters.counter("hongbao.push.failed");
    this.hookMeters = new HookMeters(meters);
    meters.gauge("hongbao.push.groups", groups, Whereabouts::size);
    meters.gauge("hongbao.push.users", users, Whereabouts::size);
  }

  @Override
  public void publish(Delivery delivery) {
    if (closed) {
      return;
    }
    published.increment();
    Collection<Gateway> gateways = gatewaysFor(delivery);
    if (LOG.isDebugEnabled()) {
      String kind = delivery.getClass().getSimpleName();
      LOG.debug("published {} gateways={} trace={}", kind, gateways.size(), delivery.trace());
    }
    for (Gateway gateway : gateways) {
      hand(delivery, gateway);
    }
    OfflineHook telling = hook;
    if (telling != null && delivery instanceof Delivery.LogRun run) {
      telling.note(run);
    }
  }

  /// From now on members without a session on any gateway are told by webhook what they miss.
  ///
  /// @return to be closed first, so that what was published is told
  public OfflineHook startHook(HookConfig config, UnreadMembers members) {
    var started =
        new OfflineHook(config, members, userId -> !users.of(userId).isEmpty(), hookMeters);
    hook = started;
    return started;
  }

  @Override
  public Link attach(Sink sink) {
    return new Gateway(sink, groups, users);
  }

  /// From now on nothing is routed any more; the log repairs what was on its way.
  @Override
  public void close() {
    closed = true;
  }

  private Collection<Gateway> gatewaysFor(Delivery delivery) {
    return switch (delivery) {
      case Delivery.LogRun run -> gatewaysFor(run);
      case Delivery.LogTail tail -> groups.of(tail.groupId());
      case Delivery.GroupSignal signal -> groups.of(signal.groupId());
      case Delivery.PacketCrowd crowd -> groups.of(crowd.groupId());
      case Delivery.UserSignal signal -> withUsers(List.of(), signal.userIds());
      case Delivery.SessionOpened opened -> users.of(opened.userId());
    };
  }

  /// Who has the group, and who has a user whom the run adds or removes: a session that is being
  /// opened may have read the members just before this change, and its gateway hold nothing of the
  /// group yet.
  private Collection<Gateway> gatewaysFor(Delivery.LogRun run) {
    List<Gateway> interested = groups.of(run.groupId());
    if (run.changes().isEmpty()) {
      return interested;
    }
    run.changes().stream().filter(MembershipChange::member).forEach(added -> expect(run, added));
    return withUsers(interested, run.changes().stream().map(MembershipChange::userId).toList());
  }

  /// A gateway that has someone whom a run adds will want the group from there on. It will say so,
  /// too, but another process's word comes after the next run of a busy group. Where the user has
  /// just left, the gateway gets the group's runs in vain until it has had a session of it.
  private void expect(Delivery.LogRun run, MembershipChange added) {
    for (Gateway gateway : users.of(added.userId())) {
      var _ = gateway.addGroups(List.of(run.groupId()));
    }
  }

  private Collection<Gateway> withUsers(List<Gateway> interested, List<Long> userIds) {
    if (interested.isEmpty() && userIds.size() == 1) {
      return users.of(userIds.getFirst());
    }
    var gateways = new LinkedHashSet<Gateway>(interested);
    for (long userId : userIds) {
      gateways.addAll(users.of(userId));
    }
    return gateways;
  }

  private void hand(Delivery delivery, Gateway gateway) {
    try {
      gateway.deliver(delivery);
      routed.increment();
    } catch (RuntimeException e) {
      failed.increment();
      LOG.warn(
          "a gateway failed to take a {} trace={}",
          delivery.getClass().getSimpleName(),
          delivery.trace(),
          e);
    }
  }
}

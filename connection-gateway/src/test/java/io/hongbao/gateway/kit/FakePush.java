package io.hongbao.gateway.kit;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Frames;
import io.hongbao.common.contract.Interest;
import io.hongbao.common.contract.MembershipChange;
import io.hongbao.common.contract.Push;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The push service of one gateway: keeps its interest, and hands over whatever a test publishes.
public final class FakePush implements Interest, Push {

  private final Set<Long> users = ConcurrentHashMap.newKeySet();
  private final Set<Long> groups = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Sink sink;

  public Set<Long> users() {
    return users;
  }

  public Set<Long> groups() {
    return groups;
  }

  @Override
  public void publish(Delivery delivery) {
    Sink to = sink;
    if (to != null) {
      to.deliver(delivery);
    }
  }

  /// Says that deliveries may have been lost.
  public void missed() {
    Sink to = sink;
    if (to != null) {
      to.missed();
    }
  }

  /// A run of entries whose texts are `m<seq>`.
  public void run(long groupId, long firstSeq, long lastSeq, MembershipChange... changes) {
    publish(runOf(groupId, firstSeq, lastSeq, "m", changes));
  }

  public static Delivery.LogRun runOf(
      long groupId, long firstSeq, long lastSeq, String text, MembershipChange... changes) {
    var events = new ArrayList<byte[]>();
    for (long seq = firstSeq; seq <= lastSeq; seq++) {
      events.add(event(groupId, seq, text + seq));
    }
    return new Delivery.LogRun(groupId, firstSeq, lastSeq, List.of(changes), Frames.of(events));
  }

  public static byte[] event(long groupId, long seq, String text) {
    return """
    {"event":"message","data":{"groupId":"%d","seq":%d,"content":{"text":"%s"}}}"""
        .formatted(groupId, seq, text)
        .getBytes(StandardCharsets.UTF_8);
  }

  public static MembershipChange joins(long userId, long seq) {
    return new MembershipChange(userId, seq, true);
  }

  public static MembershipChange leaves(long userId, long seq) {
    return new MembershipChange(userId, seq, false);
  }

  @Override
  public Link attach(Sink sink) {
    this.sink = sink;
    return new Link() {
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
        FakePush.this.sink = null;
      }
    };
  }
}

package io.hongbao.common.remote;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Interest;
import io.hongbao.common.remote.proto.FromPush;
import io.hongbao.common.remote.proto.Ids;
import io.hongbao.common.remote.proto.InterestChange;
import io.hongbao.common.remote.proto.InterestChanges;
import io.hongbao.common.remote.proto.PushServiceGrpc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One instance of the push role, as a gateway has it: what it was told, and what it delivers.
///
/// At most [#WAITING_BYTES_MAX] of changes wait to be sent; with more the connection is given up,
/// and the next one begins with the whole interest.
final class InterestStream implements Streams.Listener<FromPush> {

  static final long WAITING_BYTES_MAX = 16L * 1024 * 1024;

  /// Ids in one change.
  static final int IDS_MAX = 8_192;

  private final Connection connection;
  private final Interest.Sink sink;
  private final Outbox<InterestChange, InterestChanges> outbox;

  // Guarded by this.
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long told;
  private long acknowledged;
  private boolean broken;

  private volatile boolean completed;

  private record Waiting(long told, CompletableFuture<Void> inForce) {}

  InterestStream(Connection connection, Interest.Sink sink) {
    this.connection = connection;
    this.sink = sink;
    this.outbox =
        Streams.open(
            PushServiceGrpc.newStub(connection.channel())::attach,
            batch -> InterestChanges.newBuilder().addAllChanges(batch).build(),
            InterestChange::getSerializedSize,
            WAITING_BYTES_MAX,
            this);
  }

  void addUsers(Collection<Long> userIds) {
    for (List<Long> some : inParts(userIds)) {
      tell(InterestChange.newBuilder().setAddUsers(ids(some)).build());
    }
  }

  void removeUser(long userId) {
    tell(InterestChange.newBuilder().setRemoveUser(userId).build());
  }

  void addGroups(Collection<Long> groupIds) {
    for (List<Long> some : inParts(groupIds)) {
      tell(InterestChange.newBuilder().setAddGroups(ids(some)).build());
    }
  }

  void removeGroups(Collection<Long> groupIds) {
    for (List<Long> some : inParts(groupIds)) {
      tell(InterestChange.newBuilder().setRemoveGroups(ids(some)).build());
    }
  }

  /// Completes when all that it was told so far is in force there, or the stream is broken.
  synchronized CompletableFuture<Void> inForce() {
    var stage = new CompletableFuture<Void>();
    if (acknowledged >= told || broken) {
      stage.complete(null);
    } else {
      waiting.add(new Waiting(told, stage));
    }
    return stage;
  }

  /// Ends the link; the connection stays.
  void complete() {
    completed = true;
    outbox.complete();
  }

  void broke() {
    var released = new ArrayList<Waiting>();
    synchronized (this) {
      broken = true;
      released.addAll(waiting);
      waiting.clear();
    }
    released.forEach(one -> one.inForce.complete(null));
  }

  @Override
  public void heard(FromPush message) {
    for (io.hongbao.common.remote.proto.Delivery delivery : message.getDeliveriesList()) {
      Delivery read = DeliveryEncoding.read(delivery);
      if (read != null) {
        sink.deliver(read);
      }
    }
    if (message.getMissed()) {
      sink.missed();
    }
    if (message.getAcknowledged() > 0) {
      acknowledged(message.getAcknowledged());
    }
  }

  @Override
  public void ended(@Nullable Throwable failure) {
    broke();
    if (completed && failure == null) {
      return;
    }
    connection.lose(failure == null ? "it has left" : String.valueOf(failure.getMessage()));
  }

  private void tell(InterestChange change) {
    synchronized (this) {
      told++;
    }
    if (outbox.add(change)) {
      outbox.flush();
    } else {
      connection.lose("it does not take the interest told");
    }
  }

  private void acknowledged(long count) {
    var released = new ArrayList<Waiting>();
    synchronized (this) {
      acknowledged = count;
      while (!waiting.isEmpty() && waiting.element().told <= count) {
        released.add(waiting.remove());
      }
    }
    released.forEach(one -> one.inForce.complete(null));
  }

  private static Ids ids(List<Long> ids) {
    return Ids.newBuilder().addAllIds(ids).build();
  }

  private static List<List<Long>> inParts(Collection<Long> ids) {
    List<Long> all = List.copyOf(ids);
    var parts = new ArrayList<List<Long>>();
    for (int from = 0; from < all.size(); from += IDS_MAX) {
      parts.add(all.subList(from, Math.min(all.size(), from + IDS_MAX)));
    }
    return parts;
  }
}

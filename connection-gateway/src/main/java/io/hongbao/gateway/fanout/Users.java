package io.hongbao.gateway.fanout;

import io.netty.util.collection.LongObjectHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The recipients of each user on one event loop, chained through the recipients themselves.
final class Users {

  private final LongObjectHashMap<Recipient> first = new LongObjectHashMap<>();

  /// @return whether this is the user's first here
  boolean add(Recipient recipient, long userId) {
    Recipient next = first.get(userId);
    recipient.arrived(userId, next);
    first.put(userId, recipient);
    return next == null;
  }

  /// @return whether the user is gone from here
  boolean remove(Recipient recipient) {
    long userId = recipient.userId();
    Recipient head = first.get(userId);
    if (head == recipient) {
      Recipient next = recipient.nextOfUser();
      if (next == null) {
        first.remove(userId);
        return true;
      }
      first.put(userId, next);
      return false;
    }
    for (Recipient r = head; r != null; r = r.nextOfUser()) {
      if (r.nextOfUser() == recipient) {
        r.nextOfUser(recipient.nextOfUser());
      }
    }
    return head == null;
  }

  List<Long> ids() {
    return List.copyOf(first.keySet());
  }

  /// The user's first recipient; the others follow by [Recipient#nextOfUser].
  @Nullable Recipient of(long userId) {
    return first.get(userId);
  }
}

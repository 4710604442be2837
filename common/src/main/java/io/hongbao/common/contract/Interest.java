package io.hongbao.common.contract;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// How a gateway tells the push service who is connected to it. Implemented by the push service.
public interface Interest {

  /// Registers a gateway; its deliveries go to `sink` until the returned link is closed.
  Link attach(Sink sink);

  /// Takes deliveries. `deliver` returns at once; it may be called on any thread, and for one group
  /// in order.
  interface Sink {
    void deliver(Delivery delivery);

    /// What was published before this, about whatever group, may have been lost: who is in the
    /// groups, and how far their logs are, is to be read anew. Returns at once; any thread. Never
    /// comes where the push service is a direct call.
    default void missed() {}
  }

  /// A gateway's own interest: which users and which groups it has sessions of. Adding what is
  /// there already, or removing what is not, changes nothing. A stage completes when whatever is
  /// published from then on reaches the sink.
  interface Link extends AutoCloseable {
    CompletionStage<Void> addUser(long userId);

    void removeUser(long userId);

    CompletionStage<Void> addGroups(List<Long> groupIds);

    void removeGroups(List<Long> groupIds);

    @Override
    void close();
  }
}

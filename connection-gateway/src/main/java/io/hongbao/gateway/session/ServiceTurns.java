package io.hongbao.gateway.session;

import io.hongbao.common.contract.Exchange;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Keeps one session's requests in order where they go to several services: a request for another
/// service than those in hand waits until they are answered. Each service keeps the order of its
/// own. Belongs to the session's event loop; holds as many as the session may have in flight.
final class ServiceTurns {

  private record Waiting(Exchange service, Runnable request) {}

  private @Nullable Exchange service;
  private int inHand;
  private @Nullable ArrayDeque<Waiting> waiting;

  /// Hands a request over now or when its turn comes; [#answered] follows.
  void ask(Exchange to, Runnable request) {
    if (waiting == null && isNextFor(to)) {
      start(to, request);
    } else {
      if (waiting == null) {
        waiting = new ArrayDeque<>();
      }
      waiting.add(new Waiting(to, request));
    }
  }

  void answered() {
    inHand--;
    while (waiting != null && isNextFor(waiting.element().service)) {
      Waiting next = waiting.remove();
      if (waiting.isEmpty()) {
        waiting = null;
      }
      start(next.service, next.request);
    }
  }

  private boolean isNextFor(Exchange to) {
    return inHand == 0 || service == to;
  }

  private void start(Exchange to, Runnable request) {
    service = to;
    inHand++;
    request.run();
  }
}

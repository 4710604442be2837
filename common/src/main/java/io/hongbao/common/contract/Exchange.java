package io.hongbao.common.contract;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// The one contract for client requests: a new operation adds no method here.
///
/// `exchange` returns at once and never throws; it may be called on an event loop. Requests of one
/// caller about one group take effect in the order of the calls. The stage completes on a thread of
/// the service, normally; every failure is a [Reply.Failure].
public interface Exchange {
  CompletionStage<Reply> exchange(Request request);

  /// Words for clients that say what the service has beyond what every version has: the `features`
  /// of `session.open`.
  default List<String> features() {
    return List.of();
  }
}

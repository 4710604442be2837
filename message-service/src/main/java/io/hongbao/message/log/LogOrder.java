package io.hongbao.message.log;

import java.util.concurrent.CompletionStage;

/// Where a read about a group waits for the changes that were asked for before it, so that
/// pipelined requests take effect in the order sent.
public interface LogOrder {

  /// Completes once every command about the group that was queued before this call is decided; at
  /// once where there is none. Never fails.
  CompletionStage<Void> settled(long groupId);
}

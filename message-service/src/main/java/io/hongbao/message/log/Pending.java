package io.hongbao.message.log;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.TraceId;
import io.hongbao.message.group.GroupCommand;
import java.util.concurrent.CompletableFuture;

/// A command in a lane's queue, and where its answer goes.
///
/// @param queuedNanos `System.nanoTime()` when it came
record Pending(
    GroupCommand command, CompletableFuture<Reply> reply, long queuedNanos, TraceId trace) {

  static Pending of(GroupCommand command) {
    return new Pending(command, new CompletableFuture<>(), System.nanoTime(), TraceId.current());
  }

  long groupId() {
    return command.origin().groupId();
  }

  /// What it is, for the log.
  String name() {
    return command.getClass().getSimpleName();
  }
}

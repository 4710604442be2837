package io.hongbao.gateway.fanout;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Frames;
import io.hongbao.common.contract.MembershipChange;
import io.hongbao.common.contract.TraceId;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What waits for an event loop's next turn. Whoever takes a piece of work releases its frames.
sealed interface Work {

  /// @param frames the events as frames; null where they were dropped, as the queue was full
  record Run(Delivery.LogRun log, @Nullable ByteBuf frames) implements Work {

    long groupId() {
      return log.groupId();
    }

    long firstSeq() {
      return log.firstSeq();
    }

    long lastSeq() {
      return log.lastSeq();
    }

    List<MembershipChange> changes() {
      return log.changes();
    }

    /// What the frames were made of.
    Frames events() {
      return log.frames();
    }

    @Override
    public TraceId trace() {
      return log.trace();
    }

    /// False where the run is about its changes alone.
    boolean hasFrameForEachEntry() {
      return events().count() == lastSeq() - firstSeq() + 1;
    }

    Run withoutFrames() {
      return new Run(log, null);
    }

    @Override
    public void release() {
      if (frames != null) {
        frames.release();
      }
    }
  }

  record Tail(long groupId, long lastSeq) implements Work {}

  record GroupEvent(long groupId, long exceptUserId, ByteBuf frame) implements Work {
    @Override
    public void release() {
      frame.release();
    }
  }

  record UserEvent(List<Long> userIds, long exceptSessionId, ByteBuf frame) implements Work {
    @Override
    public void release() {
      frame.release();
    }
  }

  record Opened(Delivery.SessionOpened session) implements Work {}

  /// Anything else that belongs on the loop: a reply that is ready, the next step of an opening.
  record Step(Runnable action) implements Work {}

  /// The request that has caused it, for the log.
  default TraceId trace() {
    return TraceId.NONE;
  }

  /// For work that is not carried out.
  default void release() {}

  /// What this holds while it waits: its frames, and a share for the piece itself.
  default int bytes() {
    int frameBytes =
        switch (this) {
          case Run run -> run.frames == null ? 0 : run.frames.readableBytes();
          case GroupEvent event -> event.frame.readableBytes();
          case UserEvent event -> event.frame.readableBytes();
          case Tail _, Opened _, Step _ -> 0;
        };
    return 128 + frameBytes;
  }
}

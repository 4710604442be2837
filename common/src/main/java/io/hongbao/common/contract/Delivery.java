package io.hongbao.common.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a service has to tell connected clients. Travels service -> push -> gateway unchanged.
public sealed interface Delivery {

  /// The request that has caused it, for logs; where several have, the last one.
  default TraceId trace() {
    return TraceId.NONE;
  }

  /// A run of a group's log: the entries `firstSeq` to `lastSeq` as `message` events.
  ///
  /// The changes take effect **before** the events go out: who is added gets these events, who is
  /// removed gets none of them. A batch with a change in its middle is published as two runs, so
  /// joins and removals keep their place in the order.
  ///
  /// A run without events tells how the log stood after `lastSeq`: who of these users was in the
  /// group and who was not. It comes where the runs that led there may have been lost.
  ///
  /// @param publishedAt epoch milliseconds by the publisher's clock, 0 where it does not matter
  record LogRun(
      long groupId,
      long firstSeq,
      long lastSeq,
      List<MembershipChange> changes,
      Frames frames,
      TraceId trace,
      long publishedAt)
      implements Delivery {

    /// One that no request has caused.
    public LogRun(
        long groupId, long firstSeq, long lastSeq, List<MembershipChange> changes, Frames frames) {
      this(groupId, firstSeq, lastSeq, changes, frames, TraceId.NONE, 0);
    }
  }

  /// The group's last entry, told a short while after a burst: a gateway that has not delivered it
  /// tells its sessions `resync`.
  record LogTail(long groupId, long lastSeq) implements Delivery {}

  /// An event for a group's members that is no entry (typing).
  ///
  /// @param exceptUserId who does not get it, or 0
  record GroupSignal(long groupId, long exceptUserId, byte[] event) implements Delivery {}

  /// How a red packet's places go, for the gateways that have members of its group; clients are
  /// told nothing. May be lost: who knows nothing of a packet lets everybody ask.
  ///
  /// @param count all places
  /// @param left those that are not taken, as committed
  /// @param takers who has a place, once no more are to be had; null before
  record PacketCrowd(long groupId, long packetId, int count, int left, @Nullable List<Long> takers)
      implements Delivery {}

  /// An event for users wherever they are connected.
  ///
  /// @param exceptSessionId the session that does not get it, or 0
  record UserSignal(List<Long> userIds, long exceptSessionId, byte[] event) implements Delivery {}

  /// A session was opened: it replaces older ones of the same device, on whatever gateway they are.
  /// Published by gateways.
  ///
  /// All gateways agree on which of two is older, so that two opened at the same moment never close
  /// each other; of two of one millisecond the one that stays says so again to the other. Where
  /// this is lost, or clocks differ by more than the time between the two, both live on, like two
  /// devices, until the heartbeat of the one that its client has left is lost.
  ///
  /// @param openedAt epoch milliseconds by its gateway's clock
  record SessionOpened(long userId, String deviceId, long sessionId, long openedAt)
      implements Delivery {

    /// Whether this one takes the place of another session of the same user.
    public boolean replaces(SessionOpened other) {
      return deviceId.equals(other.deviceId)
          && (openedAt == other.openedAt ? sessionId > other.sessionId : openedAt > other.openedAt);
    }
  }
}

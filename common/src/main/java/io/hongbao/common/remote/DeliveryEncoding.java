package io.hongbao.common.remote;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Frames;
import io.hongbao.common.contract.MembershipChange;
import io.hongbao.common.contract.TraceId;
import io.hongbao.common.remote.proto.GroupSignal;
import io.hongbao.common.remote.proto.Ids;
import io.hongbao.common.remote.proto.LogRun;
import io.hongbao.common.remote.proto.LogTail;
import io.hongbao.common.remote.proto.PacketCrowd;
import io.hongbao.common.remote.proto.SessionOpened;
import io.hongbao.common.remote.proto.UserSignal;
import org.jspecify.annotations.Nullable;

/// Deliveries as messages of the wire and back. The events in them are neither read nor copied.
final class DeliveryEncoding {

  private DeliveryEncoding() {}

  static io.hongbao.common.remote.proto.Delivery write(Delivery delivery) {
    var message = io.hongbao.common.remote.proto.Delivery.newBuilder();
    return switch (delivery) {
      case Delivery.LogRun run -> message.setLogRun(write(run)).build();
      case Delivery.LogTail tail ->
          message
              .setLogTail(
                  LogTail.newBuilder().setGroupId(tail.groupId()).setLastSeq(tail.lastSeq()))
              .build();
      case Delivery.GroupSignal signal ->
          message
              .setGroupSignal(
                  GroupSignal.newBuilder()
                      .setGroupId(signal.groupId())
                      .setExceptUserId(signal.exceptUserId())
                      .setEvent(Bytes.of(signal.event())))
              .build();
      case Delivery.PacketCrowd crowd -> message.setPacketCrowd(write(crowd)).build();
      case Delivery.UserSignal signal ->
          message
              .setUserSignal(
                  UserSignal.newBuilder()
                      .addAllUserIds(signal.userIds())
                      .setExceptSessionId(signal.exceptSessionId())
                      .setEvent(Bytes.of(signal.event())))
              .build();
      case Delivery.SessionOpened opened ->
          message
              .setSessionOpened(
                  SessionOpened.newBuilder()
                      .setUserId(opened.userId())
                      .setDeviceId(opened.deviceId())
                      .setSessionId(opened.sessionId())
                      .setOpenedAt(opened.openedAt()))
              .build();
    };
  }

  /// @return null for a kind that only a newer version knows
  static @Nullable Delivery read(io.hongbao.common.remote.proto.Delivery delivery) {
    return switch (delivery.getKindCase()) {
      case LOG_RUN -> read(delivery.getLogRun());
      case LOG_TAIL ->
          new Delivery.LogTail(
              delivery.getLogTail().getGroupId(), delivery.getLogTail().getLastSeq());
      case GROUP_SIGNAL -> {
        GroupSignal signal = delivery.getGroupSignal();
        yield new Delivery.GroupSignal(
            signal.getGroupId(), signal.getExceptUserId(), Bytes.array(signal.getEvent()));
      }
      case PACKET_CROWD -> {
        PacketCrowd crowd = delivery.getPacketCrowd();
        yield new Delivery.PacketCrowd(
            crowd.getGroupId(),
            crowd.getPacketId(),
            crowd.getCount(),
            crowd.getLeft(),
            crowd.hasTakers() ? crowd.getTakers().getIdsList() : null);
      }
      case USER_SIGNAL -> {
        UserSignal signal = delivery.getUserSignal();
        yield new Delivery.UserSignal(
            signal.getUserIdsList(), signal.getExceptSessionId(), Bytes.array(signal.getEvent()));
      }
      case SESSION_OPENED -> {
        SessionOpened opened = delivery.getSessionOpened();
        yield new Delivery.SessionOpened(
            opened.getUserId(), opened.getDeviceId(), opened.getSessionId(), opened.getOpenedAt());
      }
      case KIND_NOT_SET -> null;
    };
  }

  /// What must keep its order goes the same way: all that is about a group, and what is for one
  /// user.
  static long keyOf(Delivery delivery) {
    return switch (delivery) {
      case Delivery.LogRun run -> run.groupId();
      case Delivery.LogTail tail -> tail.groupId();
      case Delivery.GroupSignal signal -> signal.groupId();
      case Delivery.PacketCrowd crowd -> crowd.groupId();
      case Delivery.UserSignal signal ->
          signal.userIds().isEmpty() ? 0 : signal.userIds().getFirst();
      case Delivery.SessionOpened opened -> opened.userId();
    };
  }

  private static LogRun write(Delivery.LogRun run) {
    var message =
        LogRun.newBuilder()
            .setGroupId(run.groupId())
            .setFirstSeq(run.firstSeq())
            .setLastSeq(run.lastSeq())
            .setFrames(Bytes.of(run.frames().bytes()))
            .setTraceHigh(run.trace().high())
            .setTraceLow(run.trace().low())
            .setPublishedAt(run.publishedAt());
    for (MembershipChange change : run.changes()) {
      message
          .addChangesBuilder()
          .setUserId(change.userId())
          .setSeq(change.seq())
          .setMember(change.member());
    }
    for (int end : run.frames().ends()) {
      message.addEnds(end);
    }
    return message.build();
  }

  private static Delivery.LogRun read(LogRun run) {
    return new Delivery.LogRun(
        run.getGroupId(),
        run.getFirstSeq(),
        run.getLastSeq(),
        run.getChangesList().stream()
            .map(c -> new MembershipChange(c.getUserId(), c.getSeq(), c.getMember()))
            .toList(),
        new Frames(
            Bytes.array(run.getFrames()),
            run.getEndsList().stream().mapToInt(Integer::intValue).toArray()),
        new TraceId(run.getTraceHigh(), run.getTraceLow()),
        run.getPublishedAt());
  }

  private static PacketCrowd write(Delivery.PacketCrowd crowd) {
    var message =
        PacketCrowd.newBuilder()
            .setGroupId(crowd.groupId())
            .setPacketId(crowd.packetId())
            .setCount(crowd.count())
            .setLeft(crowd.left());
    if (crowd.takers() != null) {
      message.setTakers(Ids.newBuilder().addAllIds(crowd.takers()));
    }
    return message.build();
  }
}

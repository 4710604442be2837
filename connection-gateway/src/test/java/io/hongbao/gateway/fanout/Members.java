package io.hongbao.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Delivery.SessionOpened;
import io.hongbao.common.contract.Memberships.Membership;
import io.hongbao.common.error.CloseCode;
import io.hongbao.gateway.kit.FakeGroups;
import io.hongbao.gateway.kit.FakePush;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A fan-out of one loop that runs when the test says so, and its connections.
final class Members implements AutoCloseable {

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final FakePush push = new FakePush();
  final FakeGroups groups = new FakeGroups();
  final List<Member> all = new ArrayList<>();
  private final EmbeddedChannel loop = new EmbeddedChannel();
  final Fanout fanout;
  final Hub hub;

  Members(int queueBytesMax) {
    loop.freezeTime();
    fanout =
        new Fanout(
            push,
            groups,
            List.of(loop.eventLoop()),
            UnpooledByteBufAllocator.DEFAULT,
            queueBytesMax,
            new FanoutMetrics(meters));
    hub = fanout.hub(loop.eventLoop());
  }

  /// One connection, and what was written to it.
  static final class Member extends ChannelInboundHandlerAdapter implements Connection {
    private static final Pattern EVENT =
        Pattern.compile("\"event\":\"(\\w+)\".*?(?:\"seq\"|\"lastSeq\"):(\\d+)");

    final EmbeddedChannel channel = new EmbeddedChannel();
    final Recipient recipient;
    @Nullable CloseCode closedBy;
    String openedDevice = "";

    Member(Hub hub) {
      channel.pipeline().addLast(this);
      ChannelHandlerContext ctx = channel.pipeline().context(this);
      recipient = new Recipient(ctx, this, hub);
    }

    @Override
    public void close(CloseCode code) {
      closedBy = code;
    }

    @Override
    public void sessionOpened(SessionOpened opened) {
      openedDevice = opened.deviceId();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      assertThat(cause).isInstanceOf(IOException.class); // closed with writes still waiting
    }

    /// What each write held, such as `message 1, message 2`.
    List<String> writes() {
      var writes = new ArrayList<String>();
      for (ByteBuf written = channel.readOutbound();
          written != null;
          written = channel.readOutbound()) {
        Matcher event = EVENT.matcher(written.toString(StandardCharsets.UTF_8));
        var events = new ArrayList<String>();
        while (event.find()) {
          events.add(event.group(1) + " " + event.group(2));
        }
        writes.add(String.join(", ", events));
        written.release();
      }
      return writes;
    }
  }

  /// A connection of a user whose session is open, in these groups, which are all at entry
  /// `lastSeq`.
  Member open(long userId, long lastSeq, Long... groupIds) {
    var member = new Member(hub);
    all.add(member);
    hub.arrive(member.recipient, userId);
    hub.enter(
        member.recipient,
        Arrays.stream(groupIds).map(groupId -> new Membership(groupId, lastSeq)).toList());
    member.recipient.open(1_000 + all.size());
    return member;
  }

  void turn() {
    loop.runPendingTasks();
  }

  /// Lets the time go by after which held runs are given up.
  void waitForHeld() {
    advance(Rooms.HOLD_NANOS);
  }

  /// Lets the time go by after which it is asked again who is in a group.
  void waitForCheck() {
    advance(RoomChecks.AGAIN.toNanos());
  }

  private void advance(long nanos) {
    loop.advanceTimeBy(nanos + 1, TimeUnit.NANOSECONDS);
    loop.runScheduledPendingTasks();
    loop.runPendingTasks();
  }

  double count(String name) {
    return meters.get(name).counter().count();
  }

  @Override
  public void close() {
    fanout.close();
    hub.close();
    for (Member member : all) {
      member.channel.finishAndReleaseAll();
    }
    var _ = loop.close();
  }
}

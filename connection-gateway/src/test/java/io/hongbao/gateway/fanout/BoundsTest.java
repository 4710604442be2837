package io.hongbao.gateway.fanout;

import static io.hongbao.gateway.kit.FakePush.joins;
import static io.hongbao.gateway.kit.FakePush.leaves;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.error.CloseCode;
import io.hongbao.gateway.fanout.Members.Member;
import io.hongbao.gateway.kit.FakePush;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What happens where a bound is reached.
class BoundsTest {

  @Test
  void dropsFramesOfAFullQueueButNoChange() {
    try (var members = new Members(2_000)) {
      Member staying = members.open(1, 0, 10L);
      Member removed = members.open(2, 0, 10L);
      Member added = members.open(3, 0);
      for (int seq = 1; seq <= 50; seq++) {
        members.push.run(10, seq, seq);
      }
      members.push.run(10, 51, 51, leaves(2, 51), joins(3, 51));
      members.push.publish(new Delivery.UserSignal(List.of(1L), 0, FakePush.event(0, 0, "lost")));
      assertThat(members.hub.queuedBytes()).isLessThanOrEqualTo(2_000 + 128);
      members.turn();

      assertThat(String.join(", ", staying.writes())).startsWith("message 1").endsWith("resync 51");
      assertThat(String.join(", ", removed.writes())).doesNotContain("51");
      assertThat(added.writes()).containsExactly("resync 51");
      assertThat(members.count("hongbao.gateway.queue.overflows")).isPositive();
      assertThat(members.hub.queuedBytes()).isZero();

      members.push.run(10, 52, 52);
      members.turn();
      assertThat(staying.writes()).containsExactly("message 52");
      assertThat(removed.writes()).isEmpty();
    }
  }

  @Test
  void neverDropsAStep() {
    try (var members = new Members(0)) {
      var done = new AtomicInteger();
      for (int i = 0; i < 10_000; i++) {
        members.hub.execute(done::incrementAndGet);
      }
      members.turn();
      assertThat(done).hasValue(10_000);
    }
  }

  @Test
  void leavesEventsOutForWhoIsNotWritableAndTellsResyncLater() {
    try (var members = new Members(1 << 20)) {
      Member slow = members.open(1, 0, 10L, 20L, 30L);
      Member fast = members.open(2, 0, 10L, 20L, 30L);
      block(slow);
      members.push.run(10, 1, 4);
      members.push.run(20, 1, 1);
      members.turn();
      members.push.run(10, 5, 5);
      members.turn();

      assertThat(fast.writes())
          .containsExactly("message 1, message 2, message 3, message 4", "message 1", "message 5");
      assertThat(members.count("hongbao.gateway.skipped")).isEqualTo(6);

      unblock(slow);
      members.push.run(10, 6, 6); // before it was told: left out too
      assertThat(slow.recipient.isBehind()).isTrue();
      members.turn();
      assertThat(slow.recipient.catchUp()).isEqualTo(2);
      members.push.run(10, 7, 7);
      members.turn();
      assertThat(slow.writes()).containsExactly("", "resync 6", "resync 1", "message 7");
    }
  }

  @Test
  void remembersABoundedNumberOfGroups() {
    try (var members = new Members(1 << 20)) {
      Long[] groups = new Long[Recipient.BEHIND_MAX + 5];
      for (int i = 0; i < groups.length; i++) {
        groups[i] = 100L + i;
      }
      Member slow = members.open(1, 0, groups);
      block(slow);
      for (int i = 0; i <= Recipient.BEHIND_MAX; i++) {
        members.push.run(100 + i, 1, 1);
      }
      members.turn();
      unblock(slow);

      assertThat(slow.recipient.catchUp()).isEqualTo(groups.length);
    }
  }

  @Test
  void forgetsAGroupThatASlowMemberLeft() {
    try (var members = new Members(1 << 20)) {
      Member slow = members.open(1, 0, 10L);
      block(slow);
      members.push.run(10, 1, 1);
      members.push.run(10, 2, 2, leaves(1, 2));
      members.turn();
      unblock(slow);

      assertThat(slow.recipient.catchUp()).isZero();
      assertThat(slow.recipient.isBehind()).isFalse();
    }
  }

  @Test
  void writesUserEventsToWhoIsSlowUpToABound() {
    try (var members = new Members(64 << 20)) {
      Member slow = members.open(1, 0);
      block(slow);
      byte[] event = FakePush.event(0, 0, "x".repeat(100_000));
      for (int i = 0; i < 5; i++) {
        members.push.publish(new Delivery.UserSignal(List.of(1L), 0, event));
      }
      members.turn();
      assertThat(slow.closedBy).isNull();

      block(slow);
      var _ = slow.channel.write(Unpooled.wrappedBuffer(new byte[Recipient.USER_EVENTS_BYTES_MAX]));
      members.push.publish(new Delivery.UserSignal(List.of(1L), 0, event));
      members.turn();
      assertThat(slow.closedBy).isEqualTo(CloseCode.TOO_SLOW);
    }
  }

  @Test
  void endsAConnectionWhoseRepliesPileUp() {
    try (var members = new Members(1 << 20)) {
      Member slow = members.open(1, 0);
      block(slow);
      var _ = slow.channel.write(Unpooled.wrappedBuffer(new byte[Recipient.REPLIES_BYTES_MAX]));
      slow.recipient.write(Unpooled.wrappedBuffer(new byte[10]));
      assertThat(slow.closedBy).isEqualTo(CloseCode.TOO_SLOW);
    }
  }

  @Test
  void givesUpAnOpeningDuringWhichTooMuchChanges() {
    try (var members = new Members(64 << 20)) {
      var opening = new Member(members.hub);
      members.all.add(opening);
      members.hub.arrive(opening.recipient, 1);
      for (int i = 0; i <= Rooms.EARLY_CHANGES_MAX; i++) {
        members.push.run(i, 1, 1, joins(1, 1));
      }
      members.turn();
      assertThat(members.hub.enter(opening.recipient, List.of()).toCompletableFuture())
          .isCompletedExceptionally();
    }
  }

  /// Fills the write buffer beyond its mark; nothing is flushed before [#unblock].
  private static void block(Member member) {
    member.channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
    var _ = member.channel.write(Unpooled.wrappedBuffer(new byte[100]));
    assertThat(member.recipient.isWritable()).isFalse();
  }

  private static void unblock(Member member) {
    member.channel.config().setWriteBufferWaterMark(WriteBufferWaterMark.DEFAULT);
    member.channel.flush();
    assertThat(member.recipient.isWritable()).isTrue();
  }
}

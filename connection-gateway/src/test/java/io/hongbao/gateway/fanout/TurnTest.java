package io.hongbao.gateway.fanout;

import static io.hongbao.gateway.kit.FakePush.joins;
import static io.hongbao.gateway.kit.FakePush.leaves;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Frames;
import io.hongbao.common.contract.Memberships.Membership;
import io.hongbao.common.contract.TraceId;
import io.hongbao.gateway.fanout.Members.Member;
import io.hongbao.gateway.kit.FakePush;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What one turn of an event loop writes, and to whom.
class TurnTest {

  private final Members members = new Members(1 << 20);

  @AfterEach
  void stop() {
    members.close();
  }

  @Test
  void joinsAllFramesOfAGroupInOneWriteForEachMember() {
    Member first = members.open(1, 0, 10L);
    Member second = members.open(2, 0, 10L);
    Member stranger = members.open(3, 0, 20L);
    members.push.run(10, 1, 3);
    members.push.run(10, 4, 4);
    members.push.run(10, 5, 6);
    assertThat(first.writes()).isEmpty();

    members.turn();

    String all = "message 1, message 2, message 3, message 4, message 5, message 6";
    assertThat(first.writes()).containsExactly(all);
    assertThat(second.writes()).containsExactly(all);
    assertThat(stranger.writes()).isEmpty();
    assertThat(members.count("hongbao.gateway.deliveries")).isEqualTo(12);
  }

  @Test
  void sharesOneBufferAndFreesIt() {
    Member first = members.open(1, 0, 10L);
    Member second = members.open(2, 0, 10L);
    members.push.run(10, 1, 1);
    members.turn();

    ByteBuf a = first.channel.readOutbound();
    ByteBuf b = second.channel.readOutbound();
    assertThat(a.memoryAddress()).isEqualTo(b.memoryAddress());
    assertThat(a.release()).isFalse();
    assertThat(b.release()).isTrue();
  }

  @Test
  void writesOncePerGroupToWhoIsInSeveral() {
    Member member = members.open(1, 0, 10L, 20L);
    members.push.run(10, 1, 1);
    members.push.run(20, 1, 1);
    members.push.run(10, 2, 2);
    members.turn();

    assertThat(member.writes()).containsExactly("message 1, message 2", "message 1");
  }

  @Test
  void letsWhoJoinsGetTheRunOfTheJoining() {
    Member old = members.open(1, 5, 10L);
    Member joining = members.open(2, 0);
    members.push.run(10, 6, 6);
    members.push.run(10, 7, 8, joins(2, 7));
    members.turn();

    assertThat(old.writes()).containsExactly("message 6", "message 7, message 8");
    assertThat(joining.writes()).containsExactly("message 7, message 8");

    members.push.run(10, 9, 9);
    members.turn();
    assertThat(joining.writes()).containsExactly("message 9");
  }

  @Test
  void letsWhoLeavesGetNothingFromThereOn() {
    Member staying = members.open(1, 5, 10L);
    Member leaving = members.open(2, 5, 10L);
    members.push.run(10, 6, 6);
    members.push.run(10, 7, 7, leaves(2, 7));
    members.push.run(10, 8, 8);
    members.turn();

    assertThat(leaving.writes()).containsExactly("message 6");
    assertThat(staying.writes()).containsExactly("message 6", "message 7, message 8");
  }

  @Test
  void changesAllConnectionsOfTheUser() {
    Member phone = members.open(2, 0);
    Member laptop = members.open(2, 0);
    members.push.run(10, 1, 1, joins(2, 1));
    members.turn();
    assertThat(phone.writes()).containsExactly("message 1");
    assertThat(laptop.writes()).containsExactly("message 1");

    members.push.run(10, 2, 2, leaves(2, 2));
    members.turn();
    assertThat(phone.writes()).isEmpty();
    assertThat(laptop.writes()).isEmpty();
    assertThat(members.push.groups()).isEmpty();
  }

  @Test
  void makesRoomForAGroupThatIsNewHere() {
    Member member = members.open(1, 0);
    members.push.run(10, 40, 41, joins(1, 40));
    assertThat(members.push.groups()).containsExactly(10L);
    members.turn();

    assertThat(member.writes()).containsExactly("message 40, message 41");
  }

  @Test
  void forgetsAGroupWhoseNewMemberIsGoneAlready() {
    Member member = members.open(1, 0);
    members.push.run(10, 1, 1, joins(1, 1));
    members.hub.depart(member.recipient);
    members.turn();

    assertThat(members.push.groups()).isEmpty();
    assertThat(members.push.users()).isEmpty();
    assertThat(members.hub.roomCount()).isZero();
  }

  @Test
  void keepsRoomsInOrderWhenManyComeAndGo() {
    var crowd = new ArrayList<Member>();
    for (int i = 0; i < 100; i++) {
      crowd.add(members.open(i + 1, 0, 10L, 20L, 30L, 40L, 50L));
    }
    for (int i = 0; i < 100; i += 3) {
      members.hub.depart(crowd.get(i).recipient);
    }
    for (int i = 1; i < 100; i += 3) {
      members.push.run(30, i / 3 + 1, i / 3 + 1, leaves(i + 1, 1));
    }
    members.turn();
    crowd.forEach(Member::writes);
    members.push.run(10, 1, 1);
    members.push.run(30, 34, 34);
    members.turn();

    for (int i = 0; i < 100; i++) {
      List<String> expected =
          switch (i % 3) {
            case 0 -> List.of();
            case 1 -> List.of("message 1");
            default -> List.of("message 1", "message 34");
          };
      assertThat(crowd.get(i).writes()).as("member %s", i).isEqualTo(expected);
    }
    crowd.forEach(member -> members.hub.depart(member.recipient));
    assertThat(members.push.groups()).isEmpty();
    assertThat(members.push.users()).isEmpty();
  }

  @Test
  void sendsAGroupsSignalToAllButOneUser() {
    Member typing = members.open(1, 0, 10L);
    Member other = members.open(2, 0, 10L);
    members.push.publish(new Delivery.GroupSignal(10, 1, event("typing")));
    members.turn();

    assertThat(typing.writes()).isEmpty();
    assertThat(other.writes()).containsExactly("typing 0");
  }

  @Test
  void sendsAUsersSignalToAllTheirSessionsButOne() {
    Member phone = members.open(1, 0);
    Member laptop = members.open(1, 0);
    Member other = members.open(2, 0);
    members.push.publish(
        new Delivery.UserSignal(List.of(1L), phone.recipient.sessionId(), event("read")));
    members.push.publish(new Delivery.UserSignal(List.of(1L, 2L, 3L), 0, event("wallet")));
    members.turn();

    assertThat(phone.writes()).containsExactly("wallet 0");
    assertThat(laptop.writes()).containsExactly("read 0", "wallet 0");
    assertThat(other.writes()).containsExactly("wallet 0");
  }

  @Test
  void tellsASessionNothingBeforeItIsOpen() {
    var opening = new Member(members.hub);
    members.all.add(opening);
    members.hub.arrive(opening.recipient, 1);
    members.hub.enter(opening.recipient, List.of(new Membership(10, 4)));
    members.push.run(10, 5, 5);
    members.push.publish(new Delivery.UserSignal(List.of(1L), 0, event("read")));
    members.turn();
    assertThat(opening.writes()).isEmpty();

    opening.recipient.open(77);
    members.push.run(10, 6, 6);
    members.turn();
    assertThat(opening.writes()).containsExactly("message 6");
  }

  @Test
  void announcesASessionToTheUsersOthers() {
    Member older = members.open(1, 0);
    Member newer = members.open(1, 0);
    Member other = members.open(2, 0);
    members.push.publish(new Delivery.SessionOpened(1, "phone", 2_000, 1_000));
    members.turn();

    assertThat(older.openedDevice).isEqualTo("phone");
    assertThat(newer.openedDevice).isEqualTo("phone");
    assertThat(other.openedDevice).isEmpty();
  }

  @Test
  void measuresHowFarARunGoesAndHowLongItTakes() {
    members.open(1, 0, 10L);
    members.open(2, 0, 10L);
    long before = System.currentTimeMillis() - 5_000;
    var frames = Frames.of(FakePush.event(10, 1, "x"));
    members.push.publish(new Delivery.LogRun(10, 1, 1, List.of(), frames, TraceId.NONE, before));
    members.turn();

    assertThat(members.meters.get("hongbao.gateway.fanout").summary().totalAmount()).isEqualTo(2);
    assertThat(members.meters.get("hongbao.gateway.push.lag").timer().max(TimeUnit.MILLISECONDS))
        .isBetween(5_000.0, 60_000.0);
  }

  @Test
  void carriesOnWhenAStepFails() {
    Member member = members.open(1, 0, 10L);
    members.hub.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    members.push.run(10, 1, 1);
    members.turn();
    members.push.run(10, 2, 2);
    members.turn();

    assertThat(member.writes()).containsExactly("message 1", "message 2");
  }

  private static byte[] event(String name) {
    return "{\"event\":\"%s\",\"data\":{\"seq\":0}}"
        .formatted(name)
        .getBytes(StandardCharsets.UTF_8);
  }
}

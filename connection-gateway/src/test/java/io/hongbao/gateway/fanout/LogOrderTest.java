package io.hongbao.gateway.fanout;

import static io.hongbao.gateway.kit.FakePush.joins;
import static io.hongbao.gateway.kit.FakePush.leaves;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Frames;
import io.hongbao.gateway.fanout.Members.Member;
import io.hongbao.gateway.kit.FakePush;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Runs that come late, twice, or not at all. The group is at entry 5.
class LogOrderTest {

  private final Members members = new Members(1 << 20);
  private final Member member = members.open(1, 5, 10L);

  @AfterEach
  void stop() {
    members.close();
  }

  @Test
  void holdsARunForTheOneBeforeIt() {
    members.push.run(10, 8, 8);
    members.push.run(10, 7, 7);
    members.turn();
    assertThat(member.writes()).isEmpty();

    members.push.run(10, 6, 6);
    members.turn();
    assertThat(member.writes()).containsExactly("message 6, message 7, message 8");

    members.waitForHeld();
    assertThat(member.writes()).isEmpty();
  }

  @Test
  void tellsResyncWhereTheMissingOneDoesNotCome() {
    members.push.run(10, 7, 7);
    members.push.run(10, 9, 10);
    members.turn();
    members.waitForHeld();

    assertThat(member.writes()).containsExactly("resync 10");
    assertThat(members.count("hongbao.gateway.resyncs")).isEqualTo(1);
    assertThat(members.count("hongbao.gateway.holes")).isEqualTo(1);

    members.push.run(10, 6, 6);
    members.push.run(10, 11, 11);
    members.turn();
    assertThat(member.writes()).containsExactly("message 11");
  }

  @Test
  void holdsABoundedNumber() {
    for (int seq = 7; seq < 7 + Rooms.HELD_MAX; seq++) {
      members.push.run(10, seq, seq);
    }
    members.turn();
    assertThat(member.writes()).isEmpty();

    members.push.run(10, 7 + Rooms.HELD_MAX, 7 + Rooms.HELD_MAX);
    members.turn();
    assertThat(member.writes()).containsExactly("resync " + (7 + Rooms.HELD_MAX));
  }

  @Test
  void holdsAgainAfterAHoleWasFilled() {
    members.push.run(10, 7, 7);
    members.turn();
    members.push.run(10, 6, 6);
    members.turn();
    members.push.run(10, 9, 9);
    members.turn();
    assertThat(member.writes()).containsExactly("message 6, message 7");
    members.waitForHeld();
    assertThat(member.writes()).containsExactly("resync 9");
  }

  @Test
  void leavesOutWhatWasDelivered() {
    members.push.run(10, 4, 5);
    members.push.run(10, 6, 6);
    members.push.run(10, 6, 6);
    members.turn();
    assertThat(member.writes()).containsExactly("message 6");
  }

  @Test
  void trimsARunThatBeginsWithWhatWasDelivered() {
    members.push.run(10, 3, 8);
    members.turn();
    assertThat(member.writes()).containsExactly("message 6, message 7, message 8");
  }

  @Test
  void tellsResyncAtATailThatWasNotDelivered() {
    members.push.publish(new Delivery.LogTail(10, 5));
    members.turn();
    assertThat(member.writes()).isEmpty();

    members.push.publish(new Delivery.LogTail(10, 7));
    members.turn();
    assertThat(member.writes()).containsExactly("resync 7");

    members.push.publish(new Delivery.LogTail(10, 7));
    members.push.run(10, 7, 7);
    members.push.run(10, 8, 8);
    members.turn();
    assertThat(member.writes()).containsExactly("message 8");
  }

  @Test
  void ignoresTheTailOfAGroupThatIsNotHere() {
    members.push.publish(new Delivery.LogTail(99, 7));
    members.turn();
    assertThat(member.writes()).isEmpty();
  }

  @Test
  void carriesOutTheChangesOfRunsThatItGaveUp() {
    Member removed = members.open(2, 5, 10L);
    Member added = members.open(3, 0);
    members.push.run(10, 7, 7, leaves(2, 7), joins(3, 7));
    members.turn();
    members.waitForHeld();

    assertThat(member.writes()).containsExactly("resync 7");
    assertThat(added.writes()).containsExactly("resync 7");
    assertThat(removed.writes()).isEmpty();

    members.push.run(10, 8, 8);
    members.turn();
    assertThat(removed.writes()).isEmpty();
    assertThat(added.writes()).containsExactly("message 8");
  }

  @Test
  void carriesOutTheChangesOfRunsHeldForWhoIsGone() {
    Member added = members.open(3, 0);
    members.push.run(10, 7, 7, joins(3, 7));
    members.turn();
    members.hub.depart(member.recipient);
    members.turn();
    assertThat(added.writes()).containsExactly("resync 7");

    members.push.run(10, 8, 8);
    members.turn();
    assertThat(added.writes()).containsExactly("message 8");
  }

  @Test
  void tellsResyncToWhoIsAddedByARunThatWasPassedAlready() {
    Member added = members.open(3, 0);
    members.push.run(10, 4, 4, joins(3, 4));
    members.turn();

    assertThat(member.writes()).isEmpty();
    assertThat(added.writes()).containsExactly("resync 5");
    members.push.run(10, 6, 6);
    members.turn();
    assertThat(added.writes()).containsExactly("message 6");
  }

  @Test
  void tellsResyncForARunWithoutAFrameForEachEntry() {
    members.push.publish(
        new Delivery.LogRun(10, 6, 8, List.of(), Frames.of(FakePush.event(10, 6, "x"))));
    members.turn();
    assertThat(member.writes()).containsExactly("resync 8");
  }

  @Test
  void carriesOutTheChangesOfARunWithoutEvents() {
    Member removed = members.open(2, 5, 10L);
    Member added = members.open(3, 0);
    members.push.publish(
        new Delivery.LogRun(10, 6, 6, List.of(leaves(2, 6), joins(3, 6)), Frames.of(List.of())));
    members.push.run(10, 7, 7);
    members.turn();
    assertThat(member.writes()).containsExactly("resync 6, message 7");
    assertThat(added.writes()).containsExactly("resync 6, message 7");
    assertThat(removed.writes()).isEmpty();
  }

  @Test
  void startsANewRoomAtWhatItsFirstMemberHasRead() {
    Member late = members.open(4, 7, 30L);
    members.push.run(30, 7, 7);
    members.push.run(30, 8, 8);
    members.turn();
    assertThat(late.writes()).containsExactly("message 8");
  }

  @Test
  void aJoinThatComesAfterTheRemovalDoesNotUndoIt() {
    Member removed = members.open(2, 5);
    members.push.run(10, 7, 7, leaves(2, 7));
    members.turn();
    members.waitForHeld();
    members.push.run(10, 6, 6, joins(2, 6));
    members.push.run(10, 8, 8);
    members.turn();
    assertThat(member.writes()).containsExactly("resync 7", "message 8");
    assertThat(removed.writes()).isEmpty();
  }

  @Test
  void aJoinThatComesAfterTheRemovalDoesNotUndoItWhereTheGroupIsNotHere() {
    Member removed = members.open(2, 0);
    members.push.run(20, 7, 7, leaves(2, 7));
    members.push.run(20, 6, 6, joins(2, 6));
    members.push.run(20, 8, 8);
    members.turn();
    assertThat(removed.writes()).isEmpty();
  }

  @Test
  void aRemovalThatComesAfterTheNextJoinDoesNotUndoIt() {
    Member back = members.open(2, 5, 10L);
    members.push.run(10, 7, 7, joins(2, 7));
    members.turn();
    members.waitForHeld();
    members.push.run(10, 6, 6, leaves(2, 6));
    members.push.run(10, 8, 8);
    members.turn();
    assertThat(back.writes()).containsExactly("resync 7", "message 8");
  }

  @Test
  void whoWasRemovedByALostRunHearsNoMore() {
    Member removed = members.open(2, 5, 10L);
    members.groups.remove(2);
    members.push.run(10, 7, 7);
    members.turn();
    members.waitForHeld();
    assertThat(removed.writes()).containsExactly("resync 7");
    members.turn();

    members.push.run(10, 8, 8);
    members.turn();
    assertThat(member.writes()).containsExactly("resync 7", "message 8");
    assertThat(removed.writes()).isEmpty();
  }

  @Test
  void asksAgainWhoIsInTheGroupUntilItIsAnswered() {
    Member removed = members.open(2, 5, 10L);
    members.groups.remove(2);
    members.groups.failNext(2);
    members.push.publish(new Delivery.LogTail(10, 7));
    members.turn();
    members.waitForCheck();
    members.waitForCheck();
    assertThat(removed.writes()).containsExactly("resync 7");

    members.push.run(10, 8, 8);
    members.turn();
    assertThat(member.writes()).containsExactly("resync 7", "message 8");
    assertThat(removed.writes()).isEmpty();
  }

  @Test
  void whoComesBackWhileItIsAskedStays() {
    Member back = members.open(2, 5, 10L);
    members.groups.remove(2);
    members.push.publish(new Delivery.LogTail(10, 7));
    members.push.run(10, 8, 8, joins(2, 8));
    members.turn();
    members.turn();
    members.push.run(10, 9, 9);
    members.turn();
    assertThat(back.writes()).containsExactly("resync 7", "message 8", "message 9");
  }
}

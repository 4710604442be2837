package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Delivery.LogRun;
import io.hongbao.common.contract.Delivery.LogTail;
import io.hongbao.message.Published;
import io.hongbao.message.log.Doubts.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DoubtsTest {

  private static final long DUE = Doubts.AGAIN.toNanos();
  private static final long UNREADABLE = 13;
  private static final long NEVER_MADE = 14;

  private final Published published = new Published();
  private final List<Long> asked = new ArrayList<>();
  private final Doubts doubts = new Doubts(published, published, this::outcome);
  private boolean away;

  @Test
  void asksWhenItIsDue() {
    doubts.add(1, Set.of(), 0);
    doubts.tellDue(DUE - 1);
    assertThat(asked).isEmpty();
    doubts.tellDue(DUE);
    doubts.tellDue(DUE * 2);
    assertThat(published.all()).containsExactly(new LogTail(1, 9));
  }

  @Test
  void asksAgainForEverybodyWhereTheDatabaseIsAway() {
    away = true;
    doubts.add(1, Set.of(5L), 0);
    doubts.add(1, Set.of(6L), 0);
    doubts.tellDue(DUE);
    assertThat(published.all()).isEmpty();

    away = false;
    doubts.tellDue(DUE * 2);
    assertThat(published.memberships()).containsExactlyInAnyOrder("1 joined [6]", "1 removed [5]");
    assertThat(((LogRun) published.all().getFirst()).changes()).hasSize(2);
  }

  @Test
  void aGroupThatIsBeingWrittenKeepsNoOtherBack() {
    doubts.add(UNREADABLE, Set.of(), 0);
    doubts.add(1, Set.of(), 0);
    doubts.tellDue(DUE);
    doubts.tellDue(DUE * 2);
    assertThat(published.all()).containsExactly(new LogTail(1, 9));
  }

  @Test
  void tellsNothingOfAGroupThatWasNeverMade() {
    doubts.add(NEVER_MADE, Set.of(5L), 0);
    doubts.tellDue(DUE);
    doubts.tellDue(DUE * 2);
    assertThat(asked).containsExactly(NEVER_MADE);
    assertThat(published.all()).isEmpty();
    assertThat(published.memberships()).isEmpty();
  }

  @Test
  void asksForABoundedNumberInATurn() {
    int groups = Doubts.ASKED_MAX * 2 + 1;
    LongStream.range(100, 100 + groups).forEach(groupId -> doubts.add(groupId, Set.of(), 0));
    doubts.tellDue(DUE);
    assertThat(asked).hasSize(Doubts.ASKED_MAX);
    doubts.tellDue(DUE);
    doubts.tellDue(DUE);
    assertThat(published.all()).hasSize(groups);
  }

  @Test
  void letsTheFirstGoWhereTooMuchIsHeld() {
    Set<Long> half =
        LongStream.range(0, Doubts.HELD_MAX / 2 - 1).boxed().collect(Collectors.toSet());
    doubts.add(1, half, 0);
    doubts.add(2, half, 0);
    doubts.add(3, Set.of(), 0);
    doubts.tellDue(DUE);
    assertThat(asked).containsExactly(2L, 3L);
  }

  private @Nullable Outcome outcome(long groupId) {
    asked.add(groupId);
    if (away || groupId == UNREADABLE) {
      throw new IllegalStateException("away");
    }
    return groupId == NEVER_MADE ? null : new Outcome(9, false, Set.of(6L));
  }
}

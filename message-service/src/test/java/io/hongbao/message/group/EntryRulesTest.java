package io.hongbao.message.group;

import static io.hongbao.message.group.GroupFixture.LATE;
import static io.hongbao.message.group.GroupFixture.LATE_JOIN_SEQ;
import static io.hongbao.message.group.GroupFixture.MEMBER;
import static io.hongbao.message.group.GroupFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.group.Rules.HistoryPolicy;
import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.Mentions;
import io.hongbao.message.log.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is done to an entry from before the caller's join point.
final class EntryRulesTest {

  private static final long SEQ = LATE_JOIN_SEQ - 1;

  private final GroupFixture group = new GroupFixture();

  EntryRulesTest() {
    group.facts().addTarget(new Target(SEQ, MEMBER, EntryType.TEXT, NOW, "{}", null, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pin", "unpin", "react", "unreact", "edit"})
  void isNotThereUnderSinceJoin(String what) {
    group.historyPolicy(HistoryPolicy.SINCE_JOIN);
    assertThat(outcome(what)).isEqualTo("not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unpin", "unreact"})
  void isAnsweredUnderAll(String what) {
    assertThat(outcome(what)).isEqualTo("repeat");
  }

  @Test
  void whatIsPinnedAlreadyIsNotToldUnderSinceJoin() {
    group.facts().entries().addPin(SEQ);
    assertThat(outcome("pin")).isEqualTo("repeat");
    group.historyPolicy(HistoryPolicy.SINCE_JOIN);
    assertThat(outcome("pin")).isEqualTo("not_found");
  }

  /// By an admin who joined late.
  private String outcome(String what) {
    Origin by = GroupFixture.by(LATE);
    return GroupFixture.outcome(
        group
            .lateIsAdmin()
            .decide(
                switch (what) {
                  case "pin" -> new EntryCommand.Pin(by, SEQ);
                  case "unpin" -> new EntryCommand.Unpin(by, SEQ);
                  case "react" -> new EntryCommand.React(by, SEQ, "👍", true);
                  case "unreact" -> new EntryCommand.React(by, SEQ, "👍", false);
                  case "edit" -> new EntryCommand.Edit(by, SEQ, "{}", "", Mentions.NONE);
                  default -> throw new IllegalArgumentException(what);
                }));
  }
}

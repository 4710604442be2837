package io.hongbao.message.group;

import static io.hongbao.message.group.GroupFixture.COUNTED;
import static io.hongbao.message.group.GroupFixture.GROUP;
import static io.hongbao.message.group.GroupFixture.LAST_SEQ;
import static io.hongbao.message.group.GroupFixture.MEMBER;
import static io.hongbao.message.group.GroupFixture.NOW;
import static io.hongbao.message.group.GroupFixture.by;
import static io.hongbao.message.group.GroupFixture.done;
import static io.hongbao.message.group.GroupFixture.outcome;
import static io.hongbao.message.group.GroupFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.log.Entry;
import io.hongbao.message.log.EntryType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LeaveRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who    | left before | dissolved | outcome
          member   | false       | false     | done
          member   | true        | false     | done
          admin    | false       | false     | done
          owner    | false       | false     | owner_must_transfer
          stranger | false       | false     | not_a_member
          stranger | true        | false     | repeat
          stranger | true        | true      | repeat
          stranger | false       | true      | not_a_member
          member   | false       | true      | group_dissolved
          owner    | false       | true      | group_dissolved
          """)
  void mayLeave(String who, boolean leftBefore, boolean dissolved, String expected) {
    var group = new GroupFixture().dissolved(dissolved);
    if (leftBefore) {
      group.facts().addFormerMember(new FormerMember(user(who), 0, 0));
    }
    assertThat(outcome(group.decide(new GroupCommand.Leave(by(user(who)))))).isEqualTo(expected);
  }

  @Test
  void writesOneEntry() {
    Verdict.Done done = done(new GroupFixture().decide(new GroupCommand.Leave(by(MEMBER))));
    assertThat(done.entries())
        .containsExactly(
            Entry.uncounted(
                GROUP,
                LAST_SEQ + 1,
                555,
                MEMBER,
                EntryType.SYSTEM,
                COUNTED,
                "{\"kind\":\"member_left\",\"actorId\":\"3\"}",
                NOW));
    assertThat(GroupFixture.changes(done))
        .containsExactly(new Change.Left(new FormerMember(MEMBER, 0, 0), LAST_SEQ + 1));
    assertThat(done.answer()).isEqualTo(new Answer.Nothing());
  }

  @Test
  void whoHasLeftIsNoMemberAnyMore() {
    var group = new GroupFixture();
    GroupState state = group.state();
    var rules = GroupFixture.RULES;
    var leave = new GroupCommand.Leave(by(MEMBER));
    Verdict.Done done = done(rules.decide(state, group.facts(), leave, NOW));
    state.apply(done);
    group.facts().apply(done);
    assertThat(state.isMember(MEMBER)).isFalse();
    assertThat(outcome(rules.decide(state, group.facts(), leave, NOW))).isEqualTo("repeat");
  }
}

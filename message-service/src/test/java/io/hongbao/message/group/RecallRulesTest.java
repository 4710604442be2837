package io.hongbao.message.group;

import static io.hongbao.message.group.GroupFixture.ADMIN;
import static io.hongbao.message.group.GroupFixture.COUNTED;
import static io.hongbao.message.group.GroupFixture.GROUP;
import static io.hongbao.message.group.GroupFixture.LAST_SEQ;
import static io.hongbao.message.group.GroupFixture.MEMBER;
import static io.hongbao.message.group.GroupFixture.NOW;
import static io.hongbao.message.group.GroupFixture.by;
import static io.hongbao.message.group.GroupFixture.done;
import static io.hongbao.message.group.GroupFixture.outcome;
import static io.hongbao.message.group.GroupFixture.user;
import static io.hongbao.message.group.GroupFixture.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.group.Rules.HistoryPolicy;
import io.hongbao.message.log.Entry;
import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.Mentions;
import io.hongbao.message.log.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecallRulesTest {

  private static final long SEQ = 9;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who    | sender   | type      | age ms | dissolved | outcome
          member   | member   | text      | 0      | false     | done
          member   | member   | text      | 120000 | false     | done
          member   | member   | text      | 120001 | false     | recall_too_late
          member   | member   | image     | 0      | false     | done
          member   | member   | audio     | 0      | false     | done
          member   | member   | video     | 0      | false     | done
          member   | member   | file      | 0      | false     | done
          member   | member   | system    | 0      | false     | invalid_argument seq
          member   | member   | recall    | 0      | false     | invalid_argument seq
          member   | member   | redpacket | 0      | false     | invalid_argument seq
          member   | owner    | system    | 999999 | false     | invalid_argument seq
          owner    | owner    | redpacket | 0      | false     | invalid_argument seq
          member   | late     | text      | 0      | false     | forbidden
          member   | late     | text      | 120001 | false     | forbidden
          member   | stranger | text      | 0      | false     | forbidden
          admin    | member   | text      | 999999 | false     | done
          admin    | owner    | text      | 999999 | false     | done
          admin    | admin    | text      | 999999 | false     | done
          owner    | stranger | text      | 999999 | false     | done
          stranger | stranger | text      | 0      | false     | not_a_member
          stranger | stranger | system    | 0      | false     | not_a_member
          stranger | stranger | text      | 0      | true      | not_a_member
          member   | member   | text      | 0      | true      | group_dissolved
          owner    | member   | text      | 0      | true      | group_dissolved
          """)
  void mayTakeBack(
      String who, String sender, String type, long ageMs, boolean dissolved, String expected) {
    var group = new GroupFixture().dissolved(dissolved);
    group.facts().addTarget(target(user(sender), word(EntryType.class, type), ageMs, null));
    assertThat(outcome(group.decide(recall(user(who))))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who    | sender | by     | dissolved | outcome
          member   | member | member | false     | repeat
          member   | member | member | true      | repeat
          stranger | member | stranger | false   | repeat
          member   | member | admin  | false     | repeat
          owner    | member | admin  | false     | repeat
          admin    | member | member | true      | repeat
          late     | member | member | false     | forbidden
          stranger | member | member | false     | not_a_member
          stranger | stranger | owner | false    | not_a_member
          """)
  void aRepeatIsAnsweredAsTheFirstTime(
      String who, String sender, String by, boolean dissolved, String expected) {
    var group = new GroupFixture().dissolved(dissolved);
    var before = new Target.Recall(10, user(by));
    group.facts().addTarget(target(user(sender), EntryType.TEXT, 999_999, before));
    Verdict verdict = group.decide(recall(user(who)));
    assertThat(outcome(verdict)).isEqualTo(expected);
    if (verdict instanceof Verdict.Repeat(Answer answer)) {
      assertThat(answer).isEqualTo(new Answer.Recalled(10));
    }
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(outcome(new GroupFixture().decide(recall(MEMBER)))).isEqualTo("not_found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # seq | history    | outcome
          7     | all        | forbidden
          7     | since_join | not_found
          8     | since_join | forbidden
          """)
  void whatIsNotVisibleIsNotFound(long seq, String history, String expected) {
    var group = new GroupFixture().historyPolicy(word(HistoryPolicy.class, history));
    group.facts().addTarget(target(seq, null));
    assertThat(outcome(group.decide(new GroupCommand.Recall(by(GroupFixture.LATE), seq))))
        .isEqualTo(expected);
  }

  @Test
  void writesOneEntryThatCountsAsNothing() {
    var group = new GroupFixture();
    group.facts().addTarget(target(SEQ, "[\"2\",\"all\"]"));
    Verdict.Done done = done(group.decide(recall(ADMIN)));
    assertThat(done.entries())
        .containsExactly(
            Entry.uncounted(
                GROUP, LAST_SEQ + 1, 555, ADMIN, EntryType.RECALL, COUNTED, "{\"seq\":9}", NOW));
    assertThat(GroupFixture.changes(done))
        .containsExactly(
            new Change.Recalled(
                SEQ,
                LAST_SEQ + 1,
                ADMIN,
                NOW,
                new Mentions(List.of(2L, Mentions.EVERYBODY)),
                false));
    assertThat(done.answer()).isEqualTo(new Answer.Recalled(LAST_SEQ + 1));
  }

  @Test
  void theRecallOfTheLastCountingEntryIsWhatConversationsShow() {
    var group = new GroupFixture();
    GroupState state = group.state();
    group.facts().addTarget(target(MEMBER, EntryType.TEXT, 0, null));
    state.apply(done(group.decide(recall(MEMBER))));
    assertThat(state.row().lastCountedSeq()).isEqualTo(SEQ);
    assertThat(state.row().lastMessageSeq()).isEqualTo(LAST_SEQ + 1);
  }

  @Test
  void theRecallOfAnEarlierEntryIsNot() {
    var group = new GroupFixture();
    GroupState state = group.state();
    group.facts().addTarget(target(5, null));
    state.apply(done(group.decide(new GroupCommand.Recall(by(MEMBER), 5))));
    assertThat(state.row().lastMessageSeq()).isEqualTo(SEQ);
    assertThat(state.row().lastSeq()).isEqualTo(LAST_SEQ + 1);
    assertThat(state.row().counted()).isEqualTo(COUNTED);
  }

  @Test
  void aMessageAndItsRecallMayStandInOneBatch() {
    var group = new GroupFixture();
    GroupState state = group.state();
    var rules = GroupFixture.RULES;
    var send =
        new GroupCommand.Send(
            by(MEMBER), "key", 1, EntryType.TEXT, "{\"text\":\"x\"}", null, Mentions.NONE);
    var recall = new GroupCommand.Recall(by(MEMBER), LAST_SEQ + 1);
    for (GroupCommand command : List.of(send, recall)) {
      Verdict.Done done = done(rules.decide(state, group.facts(), command, NOW));
      state.apply(done);
      group.facts().apply(done);
    }
    assertThat(rules.decide(state, group.facts(), recall, NOW))
        .isEqualTo(new Verdict.Repeat(new Answer.Recalled(LAST_SEQ + 2)));
  }

  private static Target target(
      long sender, EntryType type, long ageMs, Target.@Nullable Recall recall) {
    return new Target(SEQ, sender, type, NOW - ageMs, "{}", null, null, recall);
  }

  private static Target target(long seq, @Nullable String mentions) {
    return new Target(seq, MEMBER, EntryType.TEXT, NOW, "{}", mentions, null, null);
  }

  private static GroupCommand recall(long userId) {
    return new GroupCommand.Recall(by(userId), SEQ);
  }
}

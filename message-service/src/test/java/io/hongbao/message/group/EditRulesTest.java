package io.hongbao.message.group;

import static io.hongbao.message.group.GroupFixture.MEMBER;
import static io.hongbao.message.group.GroupFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.Mentions;
import io.hongbao.message.log.Target;
import io.hongbao.message.log.Target.Edit;
import org.junit.jupiter.api.Test;

final class EditRulesTest {

  private static final long SEQ = 5;

  @Test
  void replacesATextABoundedNumberOfTimes() {
    assertThat(outcome(EditRules.EDITS_MAX - 1, "new")).isEqualTo("done");
    assertThat(outcome(EditRules.EDITS_MAX, "new")).isEqualTo("limit_reached");
  }

  @Test
  void answersTheRepeatOfTheLastEditThatMayBe() {
    assertThat(outcome(EditRules.EDITS_MAX, "old")).isEqualTo("repeat");
  }

  @Test
  void countsTheEditsOfOneBatch() {
    var group = new GroupFixture();
    group.facts().addTarget(edited(EditRules.EDITS_MAX - 1));
    group.facts().apply(GroupFixture.done(group.decide(edit("new"))));
    assertThat(GroupFixture.outcome(group.decide(edit("newer")))).isEqualTo("limit_reached");
  }

  private static String outcome(int edits, String text) {
    var group = new GroupFixture();
    group.facts().addTarget(edited(edits));
    return GroupFixture.outcome(group.decide(edit(text)));
  }

  private static EntryCommand.Edit edit(String text) {
    return new EntryCommand.Edit(
        GroupFixture.by(MEMBER), SEQ, "{\"text\":\"" + text + "\"}", text, Mentions.NONE);
  }

  private static Target edited(int times) {
    return new Target(
        SEQ,
        MEMBER,
        EntryType.TEXT,
        NOW,
        "{\"text\":\"old\"}",
        null,
        new Edit(SEQ + 1, NOW, times),
        null);
  }
}

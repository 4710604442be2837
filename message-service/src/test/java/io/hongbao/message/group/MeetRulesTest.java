package io.hongbao.message.group;

import static io.hongbao.message.group.GroupFixture.GROUP;
import static io.hongbao.message.group.GroupFixture.LAST_SEQ;
import static io.hongbao.message.group.GroupFixture.MEMBER;
import static io.hongbao.message.group.GroupFixture.NOW;
import static io.hongbao.message.group.GroupFixture.OTHER_STRANGER;
import static io.hongbao.message.group.GroupFixture.RULES;
import static io.hongbao.message.group.GroupFixture.STRANGER;
import static io.hongbao.message.group.GroupFixture.by;
import static io.hongbao.message.group.GroupFixture.done;
import static io.hongbao.message.group.GroupFixture.outcome;
import static io.hongbao.message.group.GroupFixture.user;
import static io.hongbao.message.group.GroupFixture.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.group.Rules.JoinPolicy;
import io.hongbao.message.log.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MeetRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who    | policy      | most | dissolved | outcome
          stranger | invite_only | 500  | false     | done
          stranger | open        | 500  | false     | done
          stranger | approval    | 500  | false     | done
          stranger | invite_only | 5    | false     | done
          stranger | invite_only | 4    | false     | group_full
          stranger | invite_only | 500  | true      | group_dissolved
          stranger | invite_only | 4    | true      | group_dissolved
          member   | invite_only | 4    | false     | repeat
          member   | approval    | 500  | true      | repeat
          owner    | invite_only | 4    | true      | repeat
          other    | open        | 500  | false     | banned
          other    | invite_only | 500  | true      | group_dissolved
          """)
  void joinsWhateverThePolicy(
      String who, String policy, int most, boolean dissolved, String expected) {
    GroupFixture group =
        new GroupFixture()
            .joinPolicy(word(JoinPolicy.class, policy))
            .maxMembers(most)
            .dissolved(dissolved);
    group.facts().admin().addBan(OTHER_STRANGER);
    assertThat(outcome(group.decide(meet(user(who))))).isEqualTo(expected);
  }

  @Test
  void theFirstMakesTheGroupItsCodeAndItsFirstEntry() {
    Verdict.Done done = done(RULES.decide(null, new GroupFacts(), meet(STRANGER), NOW));

    assertThat(GroupFixture.changes(done))
        .containsExactly(
            new Change.Created(GROUP, "Ann, Bob", STRANGER, 500, NOW),
            new Change.Joined(Membership.begin(STRANGER, Role.OWNER, 1, NOW)),
            new Change.Met(new RandomCode(GROUP, "1234", "wtw3sj", STRANGER, NOW)));
    assertThat(done.entries()).hasSize(1);
    Entry entry = done.entries().getFirst();
    assertThat(entry.seq()).isEqualTo(1);
    assertThat(entry.content())
        .isEqualTo(
            "{\"kind\":\"group_created\",\"actorId\":\"%d\",\"name\":\"Ann, Bob\"}"
                .formatted(STRANGER));
    Answer.Met answer = (Answer.Met) done.answer();
    assertThat(answer.created()).isTrue();
    assertThat(answer.group().ownerId()).isEqualTo(STRANGER);
    assertThat(answer.group().memberCount()).isEqualTo(1);
    assertThat(answer.group().lastSeq()).isEqualTo(1);
    assertThat(answer.group().rules()).isEqualTo(Rules.DEFAULT);
  }

  @Test
  void theNextJoinsByAnEntryOfTheirOwn() {
    Verdict.Done done = done(new GroupFixture().decide(meet(STRANGER)));

    assertThat(done.entries()).hasSize(1);
    Entry entry = done.entries().getFirst();
    assertThat(entry.seq()).isEqualTo(LAST_SEQ + 1);
    assertThat(entry.content())
        .isEqualTo(
            "{\"kind\":\"members_joined\",\"actorId\":\"%d\",\"targetIds\":[\"%d\"]}"
                .formatted(STRANGER, STRANGER));
    assertThat(GroupFixture.changes(done))
        .containsExactly(
            new Change.Joined(Membership.begin(STRANGER, Role.MEMBER, LAST_SEQ + 1, NOW)));
    Answer.Met answer = (Answer.Met) done.answer();
    assertThat(answer.created()).isFalse();
    assertThat(answer.group().memberCount()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"member, member, true", "member, admin, false", "stranger, stranger, true"})
  void createdStaysTrueForTheCreatorWhateverBecameOfThem(
      String creator, String who, boolean created) {
    GroupFixture group = new GroupFixture();
    group.facts().setRandomCode(new RandomCode(GROUP, "1234", null, user(creator), 1_000));

    Answer answer =
        switch (group.decide(meet(user(who)))) {
          case Verdict.Done done -> done.answer();
          case Verdict.Repeat repeat -> repeat.answer();
          case Verdict.Refused refused -> throw new AssertionError(refused);
        };

    assertThat(((Answer.Met) answer).created()).isEqualTo(created);
  }

  @Test
  void laterCommandsOfTheBatchKnowWhoMadeTheGroup() {
    var facts = new GroupFacts();
    Verdict.Done first = done(RULES.decide(null, facts, meet(STRANGER), NOW));
    facts.apply(first);

    assertThat(facts.madeBy(STRANGER)).isTrue();
    assertThat(facts.madeBy(MEMBER)).isFalse();
  }

  private static GroupCommand.Meet meet(long userId) {
    return new GroupCommand.Meet(by(userId), "Ann, Bob", 500, "1234", "wtw3sj");
  }
}

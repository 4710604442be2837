package io.hongbao.message.group;

import static io.hongbao.message.group.GroupFixture.GROUP;
import static io.hongbao.message.group.GroupFixture.NOW;
import static io.hongbao.message.group.GroupFixture.STRANGER;
import static io.hongbao.message.group.GroupFixture.by;
import static io.hongbao.message.group.GroupFixture.done;
import static io.hongbao.message.group.GroupFixture.users;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.log.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CreateRulesTest {

  private final GroupFacts facts = new GroupFixture().facts();
  private final GroupRules rules = GroupFixture.RULES;

  @Test
  void makesTheOwnerTheFirstMember() {
    Verdict.Done done = done(create(500, List.of()));
    assertThat(GroupFixture.changes(done))
        .containsExactly(
            new Change.Created(GROUP, "名字", STRANGER, 500, NOW),
            new Change.Joined(new Membership(STRANGER, Role.OWNER, 1, NOW, 0, null)));
    assertThat(done.entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.seq()).isEqualTo(1);
              assertThat(entry.messageId()).isEqualTo(555);
              assertThat(entry.counted()).isZero();
              assertThat(entry.content())
                  .isEqualTo("{\"kind\":\"group_created\",\"actorId\":\"5\",\"name\":\"名字\"}");
            });
    assertThat(done.answer())
        .isEqualTo(
            new Answer.TheGroup(
                new Group(GROUP, "名字", STRANGER, 1, 500, "", null, Rules.DEFAULT, 1, NOW)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # members named              | most | taken
          owner admin                  | 500  | owner admin
          admin owner                  | 500  | admin owner
          stranger                     | 500  | ''
          unknown                      | 500  | ''
          unknown owner stranger admin | 500  | owner admin
          owner admin member           | 3    | owner admin
          unknown owner admin member   | 3    | owner admin
          owner                        | 1    | ''
          """)
  void leavesOutWhoCantBeTaken(String named, int most, String taken) {
    List<Long> expected = users(taken);
    Verdict.Done done = done(create(most, users(named)));
    assertThat(done.entries()).hasSize(expected.isEmpty() ? 1 : 2);
    assertThat(done.changes().stream().filter(Change.Joined.class::isInstance).skip(1))
        .containsExactlyElementsOf(
            expected.stream()
                .<Change>map(
                    id -> new Change.Joined(new Membership(id, Role.MEMBER, 2, NOW, 0, null)))
                .toList());
  }

  @Test
  void thoseNamedFollowInOneEntry() {
    Entry entry = done(create(500, users("owner admin"))).entries().get(1);
    assertThat(entry.seq()).isEqualTo(2);
    assertThat(entry.messageId()).isEqualTo(556);
    assertThat(entry.content())
        .isEqualTo("{\"kind\":\"members_joined\",\"actorId\":\"5\",\"targetIds\":[\"1\",\"2\"]}");
  }

  @Test
  void aRepeatAnswersWithTheGroupThatIsThere() {
    GroupState state = new GroupFixture().dissolved(true).state();
    Verdict verdict = rules.decide(state, facts, command(500, List.of()), NOW);
    assertThat(verdict).isEqualTo(new Verdict.Repeat(new Answer.TheGroup(state.group())));
  }

  @Test
  void theStateThatComesOfItIsThatOfTheAnswer() {
    Verdict.Done done = done(create(500, users("owner admin")));
    var state = GroupState.created((Change.Created) done.changes().getFirst());
    state.apply(done);
    assertThat(done.answer()).isEqualTo(new Answer.TheGroup(state.group()));
    assertThat(state.row().lastActivityAt()).isEqualTo(NOW);
  }

  private Verdict create(int maxMembers, List<Long> memberIds) {
    return rules.decide(null, facts, command(maxMembers, memberIds), NOW);
  }

  private static GroupCommand command(int maxMembers, List<Long> memberIds) {
    return new GroupCommand.Create(by(STRANGER), "名字", memberIds, maxMembers, 556);
  }
}

package io.hongbao.message.group;

import static io.hongbao.message.group.GroupFixture.GROUP;
import static io.hongbao.message.group.GroupFixture.LAST_SEQ;
import static io.hongbao.message.group.GroupFixture.NOW;
import static io.hongbao.message.group.GroupFixture.OWNER;
import static io.hongbao.message.group.GroupFixture.STRANGER;
import static io.hongbao.message.group.GroupFixture.by;
import static io.hongbao.message.group.GroupFixture.done;
import static io.hongbao.message.group.GroupFixture.outcome;
import static io.hongbao.message.group.GroupFixture.user;
import static io.hongbao.message.group.GroupFixture.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.group.Rules.JoinPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JoinRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who    | policy      | most | dissolved | outcome
          stranger | open        | 500  | false     | done
          stranger | open        | 5    | false     | done
          stranger | open        | 4    | false     | group_full
          stranger | invite_only | 500  | false     | forbidden
          stranger | invite_only | 4    | false     | forbidden
          stranger | approval    | 500  | false     | done
          stranger | open        | 500  | true      | group_dissolved
          stranger | invite_only | 500  | true      | group_dissolved
          member   | open        | 4    | false     | repeat
          member   | invite_only | 500  | false     | repeat
          member   | approval    | 500  | false     | repeat
          owner    | invite_only | 500  | true      | repeat
          """)
  void byTheGroupsId(String who, String policy, int most, boolean dissolved, String expected) {
    GroupFixture group = group(policy, most, dissolved);
    assertThat(outcome(group.decide(new GroupCommand.JoinById(by(user(who)), null))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who    | policy      | most | dissolved | code    | outcome
          stranger | open        | 500  | false     | valid   | done
          stranger | invite_only | 500  | false     | valid   | done
          stranger | invite_only | 4    | false     | valid   | group_full
          stranger | approval    | 500  | false     | valid   | done
          stranger | invite_only | 500  | true      | valid   | group_dissolved
          stranger | invite_only | 500  | false     | expired | code_expired
          stranger | open        | 500  | false     | revoked | code_expired
          stranger | invite_only | 500  | false     | none    | not_found
          stranger | invite_only | 500  | true      | none    | not_found
          member   | invite_only | 500  | false     | valid   | repeat
          member   | invite_only | 500  | false     | expired | repeat
          member   | invite_only | 500  | true      | revoked | repeat
          member   | invite_only | 500  | false     | none    | not_found
          """)
  void byCode(
      String who, String policy, int most, boolean dissolved, String code, String expected) {
    GroupFixture group = group(policy, most, dissolved);
    switch (code) {
      case "valid" -> group.facts().addCode(code(NOW + 1, null));
      case "expired" -> group.facts().addCode(code(NOW, null));
      case "revoked" -> group.facts().addCode(code(NOW + 1, NOW - 1));
      default -> {
        // never issued
      }
    }
    assertThat(outcome(group.decide(new GroupCommand.JoinByCode(by(user(who)), "code", null))))
        .isEqualTo(expected);
  }

  @Test
  void theJoinPointIsTheEntry() {
    GroupFixture group = group("open", 500, false);
    Verdict.Done done = done(group.decide(new GroupCommand.JoinById(by(STRANGER), null)));
    assertThat(GroupFixture.changes(done))
        .containsExactly(
            new Change.Joined(new Membership(STRANGER, Role.MEMBER, LAST_SEQ + 1, NOW, 0, null)));
    assertThat(done.entries().getFirst().content())
        .isEqualTo("{\"kind\":\"members_joined\",\"actorId\":\"5\",\"targetIds\":[\"5\"]}");
  }

  @Test
  void answersWithTheGroupAsItIsThen() {
    GroupFixture group = group("open", 500, false);
    Verdict.Done done = done(group.decide(new GroupCommand.JoinById(by(STRANGER), null)));
    GroupState state = group.state();
    state.apply(done);
    assertThat(done.answer()).isEqualTo(new Answer.Joined("joined", state.group()));
    assertThat(state.group().memberCount()).isEqualTo(5);
    assertThat(state.group().lastSeq()).isEqualTo(LAST_SEQ + 1);
  }

  private static GroupFixture group(String policy, int most, boolean dissolved) {
    return new GroupFixture()
        .joinPolicy(word(JoinPolicy.class, policy))
        .maxMembers(most)
        .dissolved(dissolved);
  }

  private static InviteCode code(long expiresAt, @Nullable Long revokedAt) {
    return new InviteCode("code", GROUP, OWNER, 1, expiresAt, revokedAt);
  }
}

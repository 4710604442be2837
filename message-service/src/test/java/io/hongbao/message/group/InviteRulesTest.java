package io.hongbao.message.group;

import static io.hongbao.message.group.GroupFixture.LAST_SEQ;
import static io.hongbao.message.group.GroupFixture.MEMBER;
import static io.hongbao.message.group.GroupFixture.NOW;
import static io.hongbao.message.group.GroupFixture.by;
import static io.hongbao.message.group.GroupFixture.done;
import static io.hongbao.message.group.GroupFixture.outcome;
import static io.hongbao.message.group.GroupFixture.user;
import static io.hongbao.message.group.GroupFixture.users;
import static io.hongbao.message.group.GroupFixture.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.group.Rules.Allowed;
import io.hongbao.message.group.Rules.JoinPolicy;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InviteRulesTest {

  private static final Map<Long, Long> REQUEST_IDS =
      LongStream.rangeClosed(1, 99).boxed().collect(Collectors.toMap(id -> id, id -> 800 + id));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who    | invite   | join        | dissolved | outcome
          owner    | everyone | invite_only | false     | done
          admin    | everyone | invite_only | false     | done
          member   | everyone | invite_only | false     | done
          stranger | everyone | invite_only | false     | not_a_member
          stranger | everyone | open        | true      | not_a_member
          member   | everyone | invite_only | true      | group_dissolved
          owner    | admins   | invite_only | false     | done
          admin    | admins   | invite_only | false     | done
          member   | admins   | invite_only | false     | forbidden
          member   | admins   | open        | false     | forbidden
          member   | everyone | open        | false     | done
          member   | everyone | approval    | false     | done
          admin    | everyone | approval    | false     | done
          """)
  void mayInvite(String who, String invite, String join, boolean dissolved, String expected) {
    var group =
        new GroupFixture()
            .invitePolicy(word(Allowed.class, invite))
            .joinPolicy(word(JoinPolicy.class, join))
            .dissolved(dissolved);
    assertThat(outcome(group.decide(invite(user(who), "other")))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # invited                | most | outcome        | taken
          stranger                 | 500  | done           | stranger
          stranger other           | 500  | done           | stranger other
          other stranger           | 500  | done           | other stranger
          unknown                  | 500  | not_found      | ''
          owner                    | 500  | already_member | ''
          member                   | 500  | already_member | ''
          stranger                 | 4    | group_full     | ''
          owner unknown            | 500  | already_member | ''
          unknown owner            | 500  | not_found      | ''
          stranger owner           | 4    | group_full     | ''
          owner stranger           | 4    | already_member | ''
          unknown stranger owner   | 500  | done           | stranger
          stranger other           | 5    | done           | stranger
          owner other stranger     | 5    | done           | other
          stranger                 | 3    | group_full     | ''
          """)
  void takesWhoCanBeTaken(String invited, int most, String outcome, String taken) {
    Verdict verdict = new GroupFixture().maxMembers(most).decide(invite(MEMBER, invited));
    assertThat(outcome(verdict)).isEqualTo(outcome);
    if (verdict instanceof Verdict.Done done) {
      assertThat(done.answer()).isEqualTo(new Answer.Invited(users(taken), List.of()));
      assertThat(GroupFixture.changes(done))
          .containsExactlyElementsOf(
              users(taken).stream()
                  .<Change>map(
                      id ->
                          new Change.Joined(
                              new Membership(id, Role.MEMBER, LAST_SEQ + 1, NOW, 0, null)))
                  .toList());
    }
  }

  @Test
  void allWhoCameStandInOneEntry() {
    Verdict.Done done = done(new GroupFixture().decide(invite(MEMBER, "stranger owner other")));
    assertThat(done.entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.seq()).isEqualTo(LAST_SEQ + 1);
              assertThat(entry.senderId()).isEqualTo(MEMBER);
              assertThat(entry.counted()).isEqualTo(GroupFixture.COUNTED);
              assertThat(entry.content())
                  .isEqualTo(
                      "{\"kind\":\"members_joined\",\"actorId\":\"3\",\"targetIds\":[\"5\",\"6\"]}");
            });
  }

  private static GroupCommand invite(long userId, String invited) {
    return new GroupCommand.Invite(by(userId), users(invited), REQUEST_IDS);
  }
}

package io.hongbao.message.group;

import static io.hongbao.message.group.GroupFixture.ADMIN;
import static io.hongbao.message.group.GroupFixture.GROUP;
import static io.hongbao.message.group.GroupFixture.NOW;
import static io.hongbao.message.group.GroupFixture.OWNER;
import static io.hongbao.message.group.GroupFixture.by;
import static io.hongbao.message.group.GroupFixture.done;
import static io.hongbao.message.group.GroupFixture.outcome;
import static io.hongbao.message.group.GroupFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InviteCodeRulesTest {

  private static final long WEEK = Duration.ofDays(7).toMillis();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who    | dissolved | outcome
          owner    | false     | done
          admin    | false     | done
          member   | false     | forbidden
          stranger | false     | not_a_member
          stranger | true      | not_a_member
          owner    | true      | group_dissolved
          """)
  void mayHaveACode(String who, boolean dissolved, String expected) {
    var group = new GroupFixture().dissolved(dissolved);
    assertThat(outcome(group.decide(make(user(who), null, false)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # there is until | valid ms | revoke | outcome | expires at
          -                | -        | false  | done    | 605800000
          1005000          | -        | false  | repeat  | 1005000
          1000001          | -        | false  | repeat  | 1000001
          1000000          | -        | false  | done    | 605800000
          1005000          | 1000     | false  | done    | 1001000
          -                | 1000     | false  | done    | 1001000
          1005000          | -        | true   | done    | 605800000
          1005000          | 1000     | true   | done    | 1001000
          """)
  void givesTheValidOneElseMakesOne(
      @Nullable Long thereUntil,
      @Nullable Long validMs,
      boolean revoke,
      String expected,
      long expiresAt) {
    var group = new GroupFixture();
    if (thereUntil != null) {
      group.facts().addCode(new InviteCode("before", GROUP, OWNER, 1, thereUntil, null));
    }
    Verdict verdict = group.decide(make(ADMIN, validMs, revoke));
    assertThat(outcome(verdict)).isEqualTo(expected);
    Answer answer =
        switch (verdict) {
          case Verdict.Done done -> done.answer();
          case Verdict.Repeat repeat -> repeat.answer();
          case Verdict.Refused refused -> throw new AssertionError(refused);
        };
    assertThat(answer)
        .isEqualTo(
            new Answer.TheCode("repeat".equals(expected) ? "before" : "candidate", expiresAt));
  }

  @Test
  void writesNoEntry() {
    Verdict.Done done = done(new GroupFixture().decide(make(OWNER, null, true)));
    assertThat(done.entries()).isEmpty();
    assertThat(GroupFixture.changes(done))
        .containsExactly(
            new Change.CodesRevoked(NOW),
            new Change.CodeMade(new InviteCode("candidate", GROUP, OWNER, NOW, NOW + WEEK, null)));
  }

  @Test
  void revokingEndsWhatTheBatchMadeBefore() {
    var group = new GroupFixture();
    group.facts().apply(done(group.decide(make(OWNER, 1_000L, false))));
    group.facts().apply(done(group.decide(new GroupCommand.MakeCode(by(OWNER), null, true, "b"))));
    assertThat(group.facts().validCode(NOW)).extracting(InviteCode::code).isEqualTo("b");
    assertThat(
            outcome(
                group.decide(
                    new GroupCommand.JoinByCode(by(GroupFixture.STRANGER), "candidate", null))))
        .isEqualTo("code_expired");
  }

  @Test
  void aCodeTellsItsGroupAndNoTwoAreAlike() {
    var random = new SecureRandom();
    for (long groupId : new long[] {0, 1, 912_121_168_775_892_992L, Long.MAX_VALUE}) {
      String code = InviteCode.random(groupId, random);
      assertThat(InviteCode.groupIdOf(code)).isEqualTo(groupId);
      assertThat(code).matches("[0-9a-z]{1,32}").isNotEqualTo(InviteCode.random(groupId, random));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"A", "-1", "a b", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "\u0661", "a/b"})
  void whatLooksLikeNoCodeIsOfNoGroup(String code) {
    assertThat(InviteCode.groupIdOf(code)).isNull();
  }

  private static GroupCommand make(long userId, @Nullable Long validMs, boolean revoke) {
    return new GroupCommand.MakeCode(by(userId), validMs, revoke, "candidate");
  }
}

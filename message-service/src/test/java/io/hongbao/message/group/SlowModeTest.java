package io.hongbao.message.group;

import static io.hongbao.message.group.GroupFixture.NOW;
import static io.hongbao.message.group.GroupFixture.by;
import static io.hongbao.message.group.GroupFixture.done;
import static io.hongbao.message.group.GroupFixture.outcome;
import static io.hongbao.message.group.GroupFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.Mentions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlowModeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who    | slow mode | last post | outcome
          member   | 0         | 1000000   | done
          member   | 5000      |           | done
          member   | 5000      | 1000000   | rate_limited retry=5000
          member   | 5000      | 995001    | rate_limited retry=1
          member   | 5000      | 995000    | done
          member   | 3600000   | 999999    | rate_limited retry=3599999
          admin    | 5000      | 1000000   | done
          owner    | 5000      | 1000000   | done
          stranger | 5000      | 1000000   | not_a_member
          """)
  void waitsBetweenTwoMessages(
      String who, int slowModeMs, @Nullable Long lastPost, String expected) {
    GroupFixture group = new GroupFixture().slowModeMs(slowModeMs);
    if (lastPost != null) {
      group.facts().entries().addLastPost(user(who), lastPost);
    }
    assertThat(outcome(group.decide(send(user(who), "k1")))).isEqualTo(expected);
  }

  @Test
  void countsTheMessagesOfTheSameBatch() {
    GroupFixture group = new GroupFixture().slowModeMs(5_000);
    GroupState state = group.state();
    Verdict.Done first =
        done(GroupFixture.RULES.decide(state, group.facts(), send(GroupFixture.MEMBER, "k1"), NOW));
    state.apply(first);
    group.facts().apply(first);

    Verdict second =
        GroupFixture.RULES.decide(
            state, group.facts(), send(GroupFixture.MEMBER, "k2"), NOW + 1_000);
    assertThat(outcome(second)).isEqualTo("rate_limited retry=4000");
    Verdict repeated =
        GroupFixture.RULES.decide(
            state, group.facts(), send(GroupFixture.MEMBER, "k1"), NOW + 1_000);
    assertThat(outcome(repeated)).isEqualTo("repeat");
    Verdict ofAnother =
        GroupFixture.RULES.decide(state, group.facts(), send(GroupFixture.LATE, "k2"), NOW + 1_000);
    assertThat(outcome(ofAnother)).isEqualTo("done");
  }

  private static GroupCommand.Send send(long userId, String key) {
    return new GroupCommand.Send(
        by(userId), key, 42, EntryType.TEXT, "{\"text\":\"a\"}", null, Mentions.NONE);
  }
}

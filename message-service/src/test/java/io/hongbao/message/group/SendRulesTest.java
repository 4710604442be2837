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
import static io.hongbao.message.group.GroupFixture.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.group.Rules.Allowed;
import io.hongbao.message.group.Rules.HistoryPolicy;
import io.hongbao.message.log.Earlier;
import io.hongbao.message.log.Entry;
import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.Mentions;
import io.hongbao.message.log.MessageKey;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SendRulesTest {

  private static final long DIGEST = 42;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who      | dissolved | muted until | posts    | outcome
          owner      | false     | 0           | everyone | done
          admin      | false     | 0           | everyone | done
          member     | false     | 0           | everyone | done
          stranger   | false     | 0           | everyone | not_a_member
          stranger   | true      | 0           | everyone | not_a_member
          member     | true      | 0           | everyone | group_dissolved
          owner      | true      | 0           | everyone | group_dissolved
          member     | false     | 999999      | everyone | done
          member     | false     | 1000000     | everyone | done
          member     | false     | 1000001     | everyone | muted until=1000001 retry=1
          admin      | false     | 1060000     | everyone | muted until=1060000 retry=60000
          owner      | false     | 1060000     | everyone | done
          owner      | false     | 0           | admins   | done
          admin      | false     | 0           | admins   | done
          member     | false     | 0           | admins   | muted
          member     | false     | 1060000     | admins   | muted until=1060000 retry=60000
          member     | true      | 1060000     | admins   | group_dissolved
          """)
  void mayPost(String who, boolean dissolved, long mutedUntil, String posts, String expected) {
    var group =
        new GroupFixture()
            .dissolved(dissolved)
            .mutedUntil(mutedUntil)
            .postPolicy(word(Allowed.class, posts));
    assertThat(outcome(group.decide(send(user(who), null, Mentions.NONE)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who    | reply to | history    | outcome
          member   | 1        | all        | done
          member   | 10       | all        | done
          member   | 11       | all        | invalid_argument replyToSeq
          late     | 1        | all        | done
          late     | 7        | since_join | invalid_argument replyToSeq
          late     | 8        | since_join | done
          member   | 1        | since_join | invalid_argument replyToSeq
          owner    | 1        | since_join | done
          """)
  void repliesToWhatTheSenderSees(String who, long replyTo, String history, String expected) {
    var group = new GroupFixture().historyPolicy(word(HistoryPolicy.class, history));
    assertThat(outcome(group.decide(send(user(who), replyTo, Mentions.NONE)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who    | mentions        | outcome
          member   | owner           | done
          member   | member          | done
          member   | owner admin     | done
          member   | stranger        | invalid_argument mentions
          member   | owner unknown   | invalid_argument mentions
          member   | all             | forbidden
          member   | all stranger    | invalid_argument mentions
          admin    | all             | done
          owner    | all member      | done
          """)
  void mentionsMembers(String who, String mentions, String expected) {
    List<Long> ids =
        Stream.of(mentions.split(" "))
            .map(name -> "all".equals(name) ? Mentions.EVERYBODY : user(name))
            .toList();
    assertThat(outcome(new GroupFixture().decide(send(user(who), null, new Mentions(ids)))))
        .isEqualTo(expected);
  }

  @Test
  void appendsOneCountingEntry() {
    Verdict.Done done = done(new GroupFixture().decide(send(MEMBER, 3L, Mentions.NONE)));
    assertThat(done.entries())
        .containsExactly(
            new Entry(
                GROUP,
                LAST_SEQ + 1,
                555,
                MEMBER,
                EntryType.TEXT,
                COUNTED + 1,
                "{\"text\":\"hi\"}",
                null,
                3L,
                "key",
                DIGEST,
                NOW));
    assertThat(GroupFixture.changes(done)).isEmpty();
    assertThat(done.answer()).isEqualTo(new Answer.Sent(555, LAST_SEQ + 1, NOW, null));
  }

  @Test
  void keepsWhoIsMentioned() {
    var mentions = new Mentions(List.of(2L, 3L));
    Verdict.Done done = done(new GroupFixture().decide(send(MEMBER, null, mentions)));
    assertThat(GroupFixture.changes(done))
        .containsExactly(new Change.Mentioned(LAST_SEQ + 1, List.of(2L, 3L)));
    assertThat(done.entries().getFirst().mentions()).isEqualTo("[\"2\",\"3\"]");
  }

  @Test
  void neverGoesBackInTime() {
    var group = new GroupFixture().lastActivityAt(NOW + 5_000);
    Verdict.Done done = done(group.decide(send(MEMBER, null, Mentions.NONE)));
    assertThat(done.entries().getFirst().sentAt()).isEqualTo(NOW + 5_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who     | dissolved | digest | outcome
          member    | false     | 42     | repeat
          member    | false     | 43     | conflict
          member    | true      | 42     | repeat
          stranger  | false     | 42     | repeat
          stranger  | false     | 43     | conflict
          """)
  void aRepeatIsAnsweredBeforeAnyRightIsAskedFor(
      String who, boolean dissolved, long firstDigest, String expected) {
    var group = new GroupFixture().dissolved(dissolved).mutedUntil(Long.MAX_VALUE).maxMembers(2);
    group
        .facts()
        .addEarlier(
            new MessageKey(GROUP, user(who), "key"), new Earlier(77, 4, NOW - 100, firstDigest));
    Verdict verdict = group.decide(send(user(who), 9_999L, Mentions.NONE));
    assertThat(outcome(verdict)).isEqualTo(expected);
    if (verdict instanceof Verdict.Repeat(Answer answer)) {
      assertThat(answer).isEqualTo(new Answer.Sent(77, 4, NOW - 100, true));
    }
  }

  @Test
  void aKeyIsTheSendersOwn() {
    var group = new GroupFixture();
    group
        .facts()
        .addEarlier(new MessageKey(GROUP, MEMBER, "key"), new Earlier(77, 4, NOW - 100, DIGEST));
    assertThat(outcome(group.decide(send(GroupFixture.ADMIN, null, Mentions.NONE))))
        .isEqualTo("done");
  }

  @Test
  void aMissingGroupIsNotFound() {
    Verdict verdict =
        GroupFixture.RULES.decide(null, new GroupFacts(), send(MEMBER, null, Mentions.NONE), NOW);
    assertThat(outcome(verdict)).isEqualTo("not_found");
  }

  private static GroupCommand send(long userId, @Nullable Long replyToSeq, Mentions mentions) {
    return new GroupCommand.Send(
        by(userId), "key", DIGEST, EntryType.TEXT, "{\"text\":\"hi\"}", replyToSeq, mentions);
  }
}

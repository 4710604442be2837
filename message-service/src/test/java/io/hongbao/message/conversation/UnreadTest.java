package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import io.hongbao.message.group.Rules.HistoryPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UnreadTest {

  private final ReadSide side;
  private final long owner = TestGroup.newId();
  private final long reader = TestGroup.newId();

  UnreadTest(TestServices services) {
    this.side = ReadSide.open(services);
  }

  @AfterAll
  void close() {
    side.close();
  }

  @ParameterizedTest(name = "{0} entries: {1}, \"{2}\"")
  @CsvSource({"0,0,''", "1,1,1", "7,7,7", "99,99,99", "100,100,99+", "101,100,99+", "250,100,99+"})
  void isCappedAndHasAText(int texts, int unread, String text) {
    TestGroup group = joined();
    if (texts > 0) {
      group.texts(owner, texts);
    }
    JsonNode conversation = side.conversation(reader, group);
    assertThat(conversation.get("unread").intValue()).isEqualTo(unread);
    assertThat(conversation.get("unreadText").textValue()).isEqualTo(text);
  }

  @Test
  void recalledEntriesLeaveIt() {
    TestGroup group = joined();
    group.texts(owner, 100);
    group.recall(owner, group.lastSeq());
    assertThat(unread(group)).isEqualTo(99);
    group.texts(owner, 1);
    assertThat(unread(group)).isEqualTo(100);
  }

  @Test
  void aRecallOfWhatWasReadChangesNothing() {
    TestGroup group = joined();
    long read = group.text(owner, "read");
    group.readMark(reader, read);
    group.texts(owner, 2);
    group.recall(owner, read);
    assertThat(unread(group)).isEqualTo(2);
  }

  @Test
  void systemEntriesAndRecallsDoNotCount() {
    TestGroup group = joined();
    long seq = group.text(owner, "one");
    group.join(TestGroup.newId());
    group.recall(owner, seq);
    assertThat(unread(group)).isZero();
    assertThat(side.conversation(reader, group).get("readSeq").longValue()).isZero();
  }

  @Test
  void whoAnswersHasRead() {
    TestGroup group = joined();
    group.texts(owner, 5);
    long own = group.text(reader, "mine");
    group.texts(owner, 2);
    JsonNode conversation = side.conversation(reader, group);
    assertThat(conversation.get("unread").intValue()).isEqualTo(2);
    assertThat(conversation.get("readSeq").longValue()).isEqualTo(own);
    group.recall(reader, own);
    assertThat(side.conversation(reader, group).get("readSeq").longValue()).isEqualTo(own);
    assertThat(unread(group)).isEqualTo(2);
  }

  @Test
  void beginsAtTheJoinPointOfTheCurrentMembership() {
    TestGroup group = joined();
    group.texts(owner, 3);
    group.leave(reader);
    group.texts(owner, 4);
    group.join(reader);
    assertThat(unread(group)).isZero();
    group.texts(owner, 2);
    assertThat(unread(group)).isEqualTo(2);
  }

  @Test
  void aMentionIsOneByIdOrOfAllWhileUnread() {
    TestGroup group = joined();
    assertThat(mentioned(group)).isFalse();
    group.text(owner, "@other", owner + 1_000_000);
    assertThat(mentioned(group)).isFalse();
    long byId = group.text(owner, "@reader", reader);
    group.texts(owner, 1);
    assertThat(mentioned(group)).isTrue();
    group.readMark(reader, byId);
    assertThat(mentioned(group)).isFalse();
    long ofAll = group.text(owner, "@all", TestGroup.EVERYBODY);
    assertThat(mentioned(group)).isTrue();
    group.recall(owner, ofAll);
    assertThat(mentioned(group)).isFalse();
    group.text(reader, "myself", reader, TestGroup.EVERYBODY);
    assertThat(mentioned(group)).isFalse();
  }

  @Test
  void anEarlierMentionStandsWhereALaterOneIsRecalled() {
    TestGroup group = joined();
    group.text(owner, "@reader", reader);
    long later = group.text(owner, "@reader", reader);
    group.recall(owner, later);
    assertThat(mentioned(group)).isTrue();
  }

  @Test
  void theLastMessageCountsOrIsItsRecall() {
    TestGroup group = side.group(owner);
    group.join(reader);
    assertThat(side.conversation(reader, group).has("lastMessage")).isFalse();
    long first = group.text(owner, "first");
    long second = group.text(owner, "second");
    group.join(TestGroup.newId());
    assertThat(lastMessage(group)).isEqualTo(second);
    group.recall(owner, first);
    assertThat(lastMessage(group)).isEqualTo(second);
    long recall = group.recall(owner, second);
    assertThat(lastMessage(group)).isEqualTo(recall);
    assertThat(side.conversation(reader, group).at("/lastMessage/type").textValue())
        .isEqualTo("recall");
  }

  @Test
  void theLastMessageIsHiddenFromWhoMayNotReadIt() {
    TestGroup group = side.group(owner);
    long seq = group.text(owner, "before");
    group.join(reader);
    assertThat(lastMessage(group)).isEqualTo(seq);
    group.historyPolicy(HistoryPolicy.SINCE_JOIN);
    assertThat(side.conversation(reader, group).has("lastMessage")).isFalse();
    long after = group.text(owner, "after");
    assertThat(lastMessage(group)).isEqualTo(after);
  }

  private TestGroup joined() {
    TestGroup group = side.group(owner);
    group.texts(owner, 3);
    group.join(reader);
    return group;
  }

  private int unread(TestGroup group) {
    return side.conversation(reader, group).get("unread").intValue();
  }

  private boolean mentioned(TestGroup group) {
    return side.conversation(reader, group).get("mentioned").booleanValue();
  }

  private long lastMessage(TestGroup group) {
    return side.conversation(reader, group).at("/lastMessage/seq").longValue();
  }
}

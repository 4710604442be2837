package io.hongbao.message.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.wire.InvalidFieldException;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.PageBytes;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import io.hongbao.message.group.Rules.HistoryPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HistoryTest {

  private final ReadSide side;
  private final long owner = TestGroup.newId();

  HistoryTest(TestServices services) {
    this.side = ReadSide.open(services);
  }

  @AfterAll
  void close() {
    side.close();
  }

  @Test
  void withoutABoundIsTheNewestPage() {
    TestGroup group = groupOf(99);
    JsonNode page = history(owner, group, "");
    assertThat(ReadSide.seqs(page)).isEqualTo(range(51, 100));
    assertThat(page.get("lastSeq").longValue()).isEqualTo(100);
  }

  @Test
  void isAllOfOneMomentThoughSomebodyReactsMeanwhile() {
    TestGroup group = groupOf(1);
    var request = new HistoryRequest.ReadHistory(group.id, null, null, 10);
    Reply reply =
        side.reads
            .replyToMember(
                "message.history",
                new Caller(owner, 1, "device", "127.0.0.1"),
                group.id,
                (reading, standing) -> {
                  group.sql(
                      "INSERT INTO reaction_count (group_id, seq, emoji, first_seq, users)"
                          + " VALUES (?, 2, '👍', 3, 1)",
                      group.id);
                  return Reply.of(HistoryPage.read(reading, owner, request, standing));
                })
            .toCompletableFuture()
            .join();
    assertThat(reply.toString()).doesNotContain("reactions");
    JsonNode later = history(owner, group, "");
    assertThat(later.get("messages").get(1).get("reactions")).hasSize(1);
  }

  @Test
  void isAscendingInBothDirections() {
    TestGroup group = groupOf(99);
    assertThat(ReadSide.seqs(history(owner, group, ",\"afterSeq\":10,\"limit\":5")))
        .isEqualTo(range(11, 15));
    assertThat(ReadSide.seqs(history(owner, group, ",\"beforeSeq\":10,\"limit\":5")))
        .isEqualTo(range(5, 9));
  }

  @Test
  void readsTheWholeLogInEitherDirection() {
    TestGroup group = groupOf(430);
    var forwards = new ArrayList<Long>();
    for (long after = 0; after < group.lastSeq(); after = forwards.getLast()) {
      forwards.addAll(
          ReadSide.seqs(history(owner, group, ",\"afterSeq\":" + after + ",\"limit\":200")));
    }
    assertThat(forwards).isEqualTo(range(1, 431));
    var backwards = new ArrayList<Long>();
    for (long before = 432; before > 1; before = backwards.getFirst()) {
      backwards.addAll(
          0, ReadSide.seqs(history(owner, group, ",\"beforeSeq\":" + before + ",\"limit\":120")));
    }
    assertThat(backwards).isEqualTo(forwards);
  }

  @Test
  void isEmptyBeyondEitherEnd() {
    TestGroup group = groupOf(3);
    for (String bound :
        List.of(
            ",\"afterSeq\":4",
            ",\"afterSeq\":9223372036854775807",
            ",\"beforeSeq\":1",
            ",\"beforeSeq\":0")) {
      JsonNode page = history(owner, group, bound);
      assertThat(ReadSide.seqs(page)).as(bound).isEmpty();
      assertThat(page.get("lastSeq").longValue()).isEqualTo(4);
    }
    assertThat(ReadSide.seqs(history(owner, group, ",\"beforeSeq\":9223372036854775807")))
        .isEqualTo(range(1, 4));
  }

  @Test
  void bothBoundsAreRefused() {
    TestGroup group = groupOf(1);
    assertThatThrownBy(() -> history(owner, group, ",\"afterSeq\":1,\"beforeSeq\":2"))
        .isInstanceOf(InvalidFieldException.class);
  }

  @Test
  void anEntryHasAllThatTheProtocolSays() {
    TestGroup group = side.group(owner);
    long seq = group.text(owner, "你好 \"red\" 🧧\n", 17, TestGroup.EVERYBODY);
    JsonNode message = history(owner, group, ",\"afterSeq\":" + (seq - 1)).get("messages").get(0);
    assertThat(message.get("groupId").textValue()).isEqualTo(Long.toString(group.id));
    assertThat(message.get("senderId").textValue()).isEqualTo(Long.toString(owner));
    assertThat(message.get("messageId").isTextual()).isTrue();
    assertThat(message.get("type").textValue()).isEqualTo("text");
    assertThat(message.at("/content/text").textValue()).isEqualTo("你好 \"red\" 🧧\n");
    assertThat(message.get("mentions").toString()).isEqualTo("[\"17\",\"all\"]");
    assertThat(message.get("clientMessageId").textValue()).isEqualTo("key-" + seq);
    assertThat(message.get("sentAt").isIntegralNumber()).isTrue();
    assertThat(message.has("recalledAt") || message.has("replyToSeq")).isFalse();
  }

  @Test
  void aRecalledEntryKeepsItsPlaceWithoutContent() {
    TestGroup group = side.group(owner);
    long seq = group.text(owner, "oops");
    group.recall(owner, seq);
    JsonNode messages = history(owner, group, "").get("messages");
    assertThat(messages.get(1).get("content").toString()).isEqualTo("{}");
    assertThat(messages.get(1).get("recalledAt").isIntegralNumber()).isTrue();
    assertThat(messages.get(2).toString()).contains("\"content\":{\"seq\":" + seq + "}");
  }

  @Test
  void sinceJoinShowsTheJoinPointAndWhatFollows() {
    TestGroup group = groupOf(5);
    long late = TestGroup.newId();
    long joined = group.join(late);
    group.text(owner, "welcome");
    group.historyPolicy(HistoryPolicy.SINCE_JOIN);
    assertThat(ReadSide.seqs(history(late, group, ""))).isEqualTo(range(joined, joined + 1));
    assertThat(ReadSide.seqs(history(late, group, ",\"afterSeq\":0,\"limit\":1")))
        .containsExactly(joined);
    assertThat(ReadSide.seqs(history(late, group, ",\"beforeSeq\":" + joined))).isEmpty();
    assertThat(ReadSide.seqs(history(owner, group, ""))).isEqualTo(range(1, joined + 1));
    group.historyPolicy(HistoryPolicy.ALL);
    assertThat(ReadSide.seqs(history(late, group, ""))).isEqualTo(range(1, joined + 1));
  }

  @Test
  void onlyMembersReadIt() {
    TestGroup group = groupOf(1);
    long stranger = TestGroup.newId();
    assertThat(side.refusal(stranger, "message.history", data(group.id, "")).code())
        .isEqualTo(ErrorCode.NOT_A_MEMBER);
    assertThat(side.refusal(owner, "message.history", data(TestGroup.newId(), "")).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    long member = TestGroup.newId();
    group.join(member);
    group.leave(member);
    assertThat(side.refusal(member, "message.history", data(group.id, "")).code())
        .isEqualTo(ErrorCode.NOT_A_MEMBER);
  }

  @Test
  void aDissolvedGroupIsStillRead() {
    TestGroup group = groupOf(2);
    group.dissolve(owner);
    assertThat(ReadSide.seqs(history(owner, group, ""))).isEqualTo(range(1, 4));
  }

  @Test
  void aPageOfLongTextsIsShorterThanItsLimit() {
    TestGroup group = side.group(owner);
    String text = "包".repeat(5_000);
    for (int i = 0; i < 100; i++) {
      group.text(owner, text);
    }
    int perPage = PageBytes.MAX / (3 * 5_000 + "{\"text\":\"\"}".length());
    assertThat(ReadSide.seqs(history(owner, group, ",\"afterSeq\":1,\"limit\":200")))
        .isEqualTo(range(2, 1 + perPage));
    assertThat(ReadSide.seqs(history(owner, group, ",\"limit\":200")))
        .isEqualTo(range(102 - perPage, 101));
  }

  @Test
  void waitsForTheChangesAskedForBefore() {
    TestGroup group = groupOf(1);
    var settled = side.unsettle(group.id);
    var reply = side.start(owner, "message.history", data(group.id, "")).toCompletableFuture();
    group.text(owner, "sent before the read");
    assertThat(reply).isNotDone();
    settled.complete(null);
    assertThat(reply.join()).isInstanceOf(Reply.Success.class);
    assertThat(new String(((Reply.Success) reply.join()).data(), StandardCharsets.UTF_8))
        .contains("sent before the read");
  }

  private TestGroup groupOf(int texts) {
    TestGroup group = side.group(owner);
    group.texts(owner, texts);
    return group;
  }

  private JsonNode history(long userId, TestGroup group, String more) {
    return side.ask(userId, "message.history", data(group.id, more));
  }

  private static String data(long groupId, String more) {
    return "{\"groupId\":\"" + groupId + "\"" + more + "}";
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}

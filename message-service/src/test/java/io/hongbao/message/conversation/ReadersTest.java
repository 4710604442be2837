package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import io.hongbao.message.group.Rules.HistoryPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReadersTest {

  private final ReadSide side;
  private final long sender = TestGroup.newId();
  private final long one = TestGroup.newId();
  private final long two = TestGroup.newId();
  private final long three = TestGroup.newId();
  private TestGroup group;
  private long seq;

  ReadersTest(TestServices services) {
    this.side = ReadSide.open(services);
    this.group = side.group(sender);
  }

  @BeforeEach
  void newGroup() {
    group = side.group(sender);
    List.of(one, two, three).forEach(group::join);
    group.text(sender, "before");
    seq = group.text(sender, "who reads this?");
  }

  @AfterAll
  void close() {
    side.close();
  }

  @Test
  void whoMarkedUpToItHasReadIt() {
    group.text(sender, "after");
    group.readMark(one, seq);
    group.readMark(two, seq - 1);
    group.readMark(three, seq + 1);
    assertThat(readers(true)).isEqualTo(readers(2, 1, one, three));
    assertThat(readers(false)).isEqualTo(readers(2, 1, two));
  }

  @Test
  void whoAnsweredHasReadIt() {
    group.readMark(one, 2);
    long answer = group.text(one, "me");
    assertThat(readers(true)).isEqualTo(readers(1, 2, one));
    group.recall(one, answer);
    assertThat(readers(true)).isEqualTo(readers(1, 2, one));
  }

  @Test
  void theSenderIsInNeitherList() {
    group.readMark(sender, seq);
    assertThat(readers(true)).isEqualTo(readers(0, 3));
    assertThat(readers(false)).isEqualTo(readers(0, 3, one, two, three));
  }

  @Test
  void whoLeftIsInNeitherList() {
    group.readMark(one, seq);
    group.leave(one);
    assertThat(readers(true)).isEqualTo(readers(0, 2));
  }

  @Test
  void whoJoinedLaterCountsWhereTheyMayReadIt() {
    long late = TestGroup.newId();
    long joined = group.join(late);
    assertThat(readers(false)).isEqualTo(readers(0, 4, one, two, three, late));
    group.historyPolicy(HistoryPolicy.SINCE_JOIN);
    assertThat(readers(false)).isEqualTo(readers(0, 3, one, two, three));
    assertThat(ask(sender, joined, "\"read\":false").get("unreadCount").intValue()).isEqualTo(4);
  }

  @Test
  void arePagedByUser() {
    JsonNode first = ask(sender, seq, "\"read\":false,\"limit\":2");
    assertThat(ids(first)).containsExactly(one, two);
    JsonNode second =
        ask(
            sender,
            seq,
            "\"read\":false,\"limit\":2,\"cursor\":\""
                + first.get("nextCursor").textValue()
                + "\"");
    assertThat(ids(second)).containsExactly(three);
    assertThat(second.has("nextCursor")).isFalse();
    assertThat(second.get("unreadCount").intValue()).isEqualTo(3);
    assertThat(ask(sender, seq, "\"read\":false,\"limit\":3").has("nextCursor")).isFalse();
  }

  @Test
  void aRecalledEntryHasThemToo() {
    group.readMark(one, seq);
    group.recall(sender, seq);
    assertThat(readers(true)).isEqualTo(readers(1, 2, one));
  }

  @Test
  void anEntryThatIsMissingOrNotVisibleIsNotFound() {
    assertThat(refusal(sender, 0)).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refusal(sender, group.lastSeq() + 1)).isEqualTo(ErrorCode.NOT_FOUND);
    long late = TestGroup.newId();
    group.join(late);
    group.historyPolicy(HistoryPolicy.SINCE_JOIN);
    assertThat(refusal(late, seq)).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void onlyMembersAsk() {
    assertThat(refusal(TestGroup.newId(), seq)).isEqualTo(ErrorCode.NOT_A_MEMBER);
  }

  @Test
  void seeAMarkSentBeforeOnTheSameConnection() {
    var _ = side.start(one, "message.read", data(seq, "\"x\":1"));
    JsonNode reply = ask(one, seq, "\"read\":true");
    assertThat(ids(reply)).containsExactly(one);
  }

  private String readers(boolean read) {
    return ask(sender, seq, "\"read\":" + read).toString();
  }

  private static String readers(int readCount, int unreadCount, long... userIds) {
    var ids = new ArrayList<String>();
    for (long userId : userIds) {
      ids.add("\"" + userId + "\"");
    }
    return "{\"readCount\":%d,\"unreadCount\":%d,\"userIds\":[%s]}"
        .formatted(readCount, unreadCount, String.join(",", ids));
  }

  private JsonNode ask(long userId, long seq, String more) {
    return side.ask(userId, "message.readers", data(seq, more));
  }

  private ErrorCode refusal(long userId, long seq) {
    return side.refusal(userId, "message.readers", data(seq, "\"read\":true")).code();
  }

  private String data(long seq, String more) {
    return "{\"groupId\":\"" + group.id + "\",\"seq\":" + seq + "," + more + "}";
  }

  private static List<Long> ids(JsonNode reply) {
    var ids = new ArrayList<Long>();
    reply.get("userIds").forEach(id -> ids.add(Long.valueOf(id.textValue())));
    return ids;
  }
}

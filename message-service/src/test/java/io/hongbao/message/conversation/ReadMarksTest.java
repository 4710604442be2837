package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.RecordingPush;
import io.hongbao.message.TestGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReadMarksTest {

  private final ReadSide side;
  private final long owner = TestGroup.newId();
  private long reader;
  private TestGroup group;

  ReadMarksTest(TestServices services) {
    this.side = ReadSide.open(services);
    this.group = side.group(owner);
  }

  /// Entry 1 made the group, 2 is the join, 3 to 12 are texts.
  @BeforeEach
  void newGroup() {
    reader = TestGroup.newId();
    group = side.group(owner);
    group.join(reader);
    group.texts(owner, 10);
  }

  @AfterAll
  void close() {
    side.close();
  }

  @Test
  void answersWhatIsReadAndWhatIsLeft() {
    assertThat(read(reader, 5)).isEqualTo("{\"readSeq\":5,\"unread\":7}");
    assertThat(read(reader, 12)).isEqualTo("{\"readSeq\":12,\"unread\":0}");
    assertThat(unread(reader)).isZero();
  }

  @Test
  void neverMovesBackwards() {
    assertThat(read(reader, 9)).isEqualTo("{\"readSeq\":9,\"unread\":3}");
    assertThat(read(reader, 4)).isEqualTo("{\"readSeq\":9,\"unread\":3}");
    assertThat(read(reader, 0)).isEqualTo("{\"readSeq\":9,\"unread\":3}");
  }

  @Test
  void beyondTheLastEntryIsTheLast() {
    assertThat(read(reader, Long.MAX_VALUE)).isEqualTo("{\"readSeq\":12,\"unread\":0}");
    group.texts(owner, 1);
    assertThat(unread(reader)).isEqualTo(1);
  }

  @Test
  void onesOwnLastMessageIsReadToo() {
    long own = group.text(reader, "mine");
    group.texts(owner, 2);
    assertThat(read(reader, 4)).isEqualTo("{\"readSeq\":" + own + ",\"unread\":2}");
  }

  @Test
  void unreadIsCappedInTheReply() {
    group.texts(owner, 200);
    assertThat(read(reader, 12)).isEqualTo("{\"readSeq\":12,\"unread\":100}");
  }

  @Test
  void theOtherDevicesAreToldWhereItMoved() {
    read(reader, 5);
    read(reader, 5);
    read(reader, 3);
    List<UserSignal> signals = side.push.to(reader);
    assertThat(signals).hasSize(1);
    assertThat(signals.getFirst().exceptSessionId()).isEqualTo(reader);
    JsonNode event = RecordingPush.json(signals.getFirst().event());
    assertThat(event.toString())
        .isEqualTo(
            "{\"event\":\"read\",\"data\":{\"groupId\":\"%d\",\"readSeq\":5,\"unread\":7}}"
                .formatted(group.id));
  }

  @Test
  void onlyMembersMark() {
    assertThat(refusal(TestGroup.newId(), group.id)).isEqualTo(ErrorCode.NOT_A_MEMBER);
    assertThat(refusal(reader, TestGroup.newId())).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void aDissolvedGroupTakesNoMarkButAnswersARepeat() {
    read(reader, 5);
    group.dissolve(owner);
    assertThat(refusal(reader, group.id)).isEqualTo(ErrorCode.GROUP_DISSOLVED);
    assertThat(read(reader, 5)).isEqualTo("{\"readSeq\":5,\"unread\":7}");
  }

  @Test
  void waitsForTheChangesAskedForBefore() {
    var settled = side.unsettle(group.id);
    var reply = start(reader, group, Long.MAX_VALUE).toCompletableFuture();
    long sent = group.text(owner, "sent before the mark");
    assertThat(reply).isNotDone();
    settled.complete(null);
    assertThat(text(reply.join())).isEqualTo("{\"readSeq\":" + sent + ",\"unread\":0}");
  }

  @Test
  void manyMarksShareFewTransactions() {
    List<Long> readers = group.joinMany(100);
    group.texts(owner, 50);
    long last = group.lastSeq();
    double before = batches();
    var replies = new ArrayList<CompletionStage<Reply>>();
    for (long seq = last - 49; seq <= last; seq++) {
      for (long member : readers) {
        replies.add(start(member, group, seq));
      }
    }
    replies.forEach(reply -> reply.toCompletableFuture().join());
    assertThat(batches() - before).isLessThan(50);
    for (long member : readers) {
      assertThat(unread(member)).isZero();
    }
  }

  @Test
  void twoDevicesThatMarkAtOnceAreBothTold() {
    var settled = side.unsettle(group.id);
    var one = new Caller(reader, 1, "one", "127.0.0.1");
    var two = new Caller(reader, 2, "two", "127.0.0.1");
    var first = side.start(one, "message.read", data(group.id, 4)).toCompletableFuture();
    var second = side.start(two, "message.read", data(group.id, 6)).toCompletableFuture();
    settled.complete(null);
    assertThat(text(second.join())).isEqualTo("{\"readSeq\":6,\"unread\":6}");
    boolean told = text(first.join()).contains("\"readSeq\":6");
    await().until(() -> told || isToldOfSix(one));
  }

  private boolean isToldOfSix(Caller device) {
    return side.push.to(reader).stream()
        .filter(signal -> signal.exceptSessionId() != device.sessionId())
        .anyMatch(signal -> RecordingPush.json(signal.event()).at("/data/readSeq").intValue() == 6);
  }

  private double batches() {
    return side.meters.get("hongbao.read.mark.batch").summary().count();
  }

  private String read(long userId, long seq) {
    return text(start(userId, group, seq).toCompletableFuture().join());
  }

  private CompletionStage<Reply> start(long userId, TestGroup group, long seq) {
    return side.start(userId, "message.read", data(group.id, seq));
  }

  private ErrorCode refusal(long userId, long groupId) {
    return side.refusal(userId, "message.read", data(groupId, 7)).code();
  }

  private int unread(long userId) {
    return side.conversation(userId, group).get("unread").intValue();
  }

  private static String data(long groupId, long seq) {
    return "{\"groupId\":\"" + groupId + "\",\"seq\":" + seq + "}";
  }

  private static String text(Reply reply) {
    return switch (reply) {
      case Reply.Success(byte[] json) -> RecordingPush.json(json).toString();
      case Reply.Failure(var refusal) -> throw new AssertionError(refusal);
    };
  }
}

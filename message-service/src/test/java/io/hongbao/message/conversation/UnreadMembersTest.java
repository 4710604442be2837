package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.UnreadMembers.Unread;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestClock;
import io.hongbao.message.TestService;
import io.hongbao.message.WholeService;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// To whom new entries of a group are news: Ann (7) owns it, Ben (8) and Cem (9) are in it.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class UnreadMembersTest {

  private static final long ANN = 7;
  private static final long BEN = 8;
  private static final long CEM = 9;

  private final WholeService service;
  private int made;
  private long groupId;
  private long before;

  UnreadMembersTest(TestServices services) {
    this.service = WholeService.start(services, new TestClock());
  }

  @BeforeEach
  void makeGroup() {
    groupId =
        ask(ANN, "group.create", "{\"clientGroupId\": \"k" + made++ + "\", \"name\": \"group\"}")
            .get("group")
            .get("groupId")
            .asLong();
    ask(ANN, "group.update", "{%s, \"rules\": {\"joinPolicy\": \"open\"}}");
    ask(BEN, "group.join", "{%s}");
    ask(CEM, "group.join", "{%s}");
    before = send(ANN, "hello", "");
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void whatCountsIsNewsToAllButItsAuthor() {
    send(ANN, "one", "");
    long last = send(ANN, "two", "");

    assertThat(news(last)).containsExactlyInAnyOrder(unread(BEN, 2), unread(CEM, 2));
    assertThat(unread(before + 2, last)).containsExactlyInAnyOrder(unread(BEN, 1), unread(CEM, 1));
  }

  @Test
  void whoHasWrittenSinceHasReadWhatWasBefore() {
    send(ANN, "one", "");
    send(BEN, "two", "");
    long last = send(ANN, "three", "");

    assertThat(news(last)).containsExactlyInAnyOrder(unread(BEN, 1), unread(CEM, 3));
  }

  @Test
  void whatIsReadOrTakenBackIsNoNews() {
    long one = send(ANN, "one", "");
    long last = send(ANN, "two", "");
    ask(BEN, "message.read", "{%s, \"seq\": " + last + "}");
    ask(ANN, "message.recall", "{%s, \"seq\": " + one + "}");

    assertThat(news(last)).containsExactly(unread(CEM, 1));
  }

  @Test
  void whatDoesNotCountIsNoNews() {
    ask(ANN, "group.update", "{%s, \"name\": \"other\"}");

    assertThat(news(before + 1)).isEmpty();
  }

  @Test
  void whoIsNotToBeDisturbedHearsOfMentionsOnly() {
    ask(BEN, "conversation.update", "{%s, \"doNotDisturb\": true}");
    ask(CEM, "conversation.update", "{%s, \"doNotDisturb\": true}");
    long plain = send(ANN, "one", "");
    assertThat(news(plain)).isEmpty();

    long ben = send(ANN, "two", "\"8\"");
    assertThat(news(ben)).containsExactly(new Unread(BEN, 2, true));

    long all = send(ANN, "three", "\"all\"");
    assertThat(news(all))
        .containsExactlyInAnyOrder(new Unread(BEN, 3, true), new Unread(CEM, 3, true));
  }

  @Test
  void whatWasBeforeAMemberCameIsNoNews() {
    send(ANN, "one", "");
    ask(10, "group.join", "{%s}");
    long last = send(ANN, "two", "");

    assertThat(news(last)).contains(unread(10, 1), unread(BEN, 2));
  }

  @Test
  void nobodyHearsOfADissolvedGroupOrOfOneThatNeverWas() {
    long last = send(ANN, "one", "");
    ask(ANN, "group.dissolve", "{%s}");

    assertThat(news(last)).isEmpty();
    assertThat(done(service.unreadMembers().of(1, 1, 10).toCompletableFuture().join())).isEmpty();
  }

  @Test
  void countsUpToAHundred() {
    long last = before;
    for (int i = 0; i < 105; i++) {
      last = send(ANN, "text " + i, "");
    }
    assertThat(news(last)).contains(unread(BEN, 100));
  }

  /// Since the setup.
  private List<Unread> news(long lastSeq) {
    return unread(before + 1, lastSeq);
  }

  private List<Unread> unread(long firstSeq, long lastSeq) {
    return done(
        service.unreadMembers().of(groupId, firstSeq, lastSeq).toCompletableFuture().join());
  }

  private static Unread unread(long userId, int count) {
    return new Unread(userId, count, false);
  }

  private static <T> T done(Outcome<T> outcome) {
    assertThat(outcome).isInstanceOf(Done.class);
    return ((Done<T>) outcome).value();
  }

  private long send(long userId, String text, String mentions) {
    return ask(
            userId,
            "message.send",
            """
            {%%s, "clientMessageId": "%s", "type": "text", "content": {"text": "%s"}, "mentions": [%s]}
            """
                .formatted(text, text, mentions))
        .get("seq")
        .asLong();
  }

  /// @param data with `%s` for the group
  private JsonNode ask(long userId, String op, String data) {
    var caller = new Caller(userId, 1, "phone", "127.0.0.1");
    String about = "\"groupId\": \"" + groupId + "\"";
    return TestService.data(service.ask(caller, op, data.replace("%s", about)).join());
  }
}

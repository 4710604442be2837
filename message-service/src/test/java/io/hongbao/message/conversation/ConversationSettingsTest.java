package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConversationSettingsTest {

  private final ReadSide side;
  private long user;
  private TestGroup group;

  ConversationSettingsTest(TestServices services) {
    this.side = ReadSide.open(services);
    this.user = TestGroup.newId();
    this.group = side.group(user);
  }

  @BeforeEach
  void newGroup() {
    user = TestGroup.newId();
    group = side.group(user);
  }

  @AfterAll
  void close() {
    side.close();
  }

  @Test
  void whatIsAbsentStays() {
    assertThat(settings(update("\"pinned\":true"))).isEqualTo("true false");
    assertThat(settings(update("\"doNotDisturb\":true"))).isEqualTo("true true");
    assertThat(settings(update("\"pinned\":false"))).isEqualTo("false true");
    assertThat(settings(update("\"pinned\":null"))).isEqualTo("false true");
  }

  @Test
  void keepsTheReadMark() {
    long seq = group.text(TestGroup.newId(), "hello");
    group.readMark(user, seq);
    assertThat(update("\"pinned\":true").at("/conversation/readSeq").longValue()).isEqualTo(seq);
  }

  @Test
  void allOfTheUsersConnectionsAreTold() {
    JsonNode reply = update("\"pinned\":true");
    var signals = side.push.to(user);
    assertThat(signals).hasSize(1);
    assertThat(signals.getFirst().exceptSessionId()).isZero();
    JsonNode event = side.push.eventsTo(user).getFirst();
    assertThat(event.get("event").textValue()).isEqualTo("conversation");
    assertThat(event.get("data")).isEqualTo(reply);
  }

  @Test
  void pipelinedChangesTakeEffectInTheOrderSent() {
    var replies = new ArrayList<CompletionStage<?>>();
    for (int i = 0; i < 60; i++) {
      replies.add(
          side.start(user, "conversation.update", data(group.id, "\"pinned\":" + (i % 2 == 1))));
    }
    replies.forEach(reply -> reply.toCompletableFuture().join());
    assertThat(side.push.eventsTo(user))
        .extracting(event -> event.at("/data/conversation/pinned").booleanValue())
        .hasSize(60)
        .startsWith(false, true, false, true)
        .endsWith(false, true);
    assertThat(side.conversation(user, group).get("pinned").booleanValue()).isTrue();
  }

  @Test
  void seesAReadMarkSentBeforeIt() {
    group.texts(TestGroup.newId(), 5);
    var mark = side.start(user, "message.read", data(group.id, "\"seq\":4"));
    JsonNode reply = update("\"pinned\":true");
    assertThat(mark.toCompletableFuture()).isDone();
    assertThat(reply.at("/conversation/readSeq").longValue()).isEqualTo(4);
    assertThat(reply.at("/conversation/unread").intValue()).isEqualTo(2);
  }

  @Test
  void onlyMembersHaveThem() {
    assertThat(refusal(TestGroup.newId(), group.id)).isEqualTo(ErrorCode.NOT_A_MEMBER);
    assertThat(refusal(user, TestGroup.newId())).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(side.push.to(user)).isEmpty();
  }

  @Test
  void aDissolvedGroupTakesNoChangeButAnswersARepeat() {
    var _ = update("\"doNotDisturb\":true");
    group.dissolve(user);
    assertThat(refusal(user, group.id)).isEqualTo(ErrorCode.GROUP_DISSOLVED);
    assertThat(settings(update("\"doNotDisturb\":true"))).isEqualTo("false true");
  }

  private ErrorCode refusal(long userId, long groupId) {
    return side.refusal(userId, "conversation.update", data(groupId, "\"pinned\":true")).code();
  }

  private JsonNode update(String data) {
    return side.ask(user, "conversation.update", data(group.id, data));
  }

  private static String data(long groupId, String more) {
    return "{\"groupId\":\"" + groupId + "\"," + more + "}";
  }

  private static String settings(JsonNode reply) {
    return reply.at("/conversation/pinned") + " " + reply.at("/conversation/doNotDisturb");
  }
}

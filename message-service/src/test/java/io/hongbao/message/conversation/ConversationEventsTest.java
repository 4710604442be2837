package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.Published;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import io.hongbao.message.group.Rules.HistoryPolicy;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConversationEventsTest {

  private final ReadSide side;
  private final long owner = TestGroup.newId();

  ConversationEventsTest(TestServices services) {
    this.side = ReadSide.open(services);
  }

  @BeforeEach
  void clear() {
    side.push.clear();
  }

  @AfterAll
  void close() {
    side.close();
  }

  @Test
  void whoJoinsGetsTheConversationAsTheirListHasIt() {
    TestGroup group = side.group(owner);
    group.text(owner, "before");
    long first = TestGroup.newId();
    group.join(first);
    group.text(owner, "@first", first);
    long second = TestGroup.newId();
    group.join(second);
    group.historyPolicy(HistoryPolicy.SINCE_JOIN);
    side.events.joined(group.id, List.of(first, second));
    await().until(() -> side.push.all(UserSignal.class).size() == 2);
    for (long userId : List.of(first, second)) {
      JsonNode event = side.push.eventsTo(userId).getFirst();
      assertThat(event.get("event").textValue()).isEqualTo("conversation");
      assertThat(event.at("/data/conversation")).isEqualTo(side.conversation(userId, group));
      assertThat(side.push.to(userId).getFirst().exceptSessionId()).isZero();
    }
    assertThat(side.push.eventsTo(first).getFirst().at("/data/conversation/mentioned").asBoolean())
        .isTrue();
  }

  @Test
  void fiveHundredAtOnceAreAFewStatements() {
    TestGroup group = side.group(owner);
    List<Long> users = group.joinMany(500);
    group.texts(owner, 3);
    side.events.joined(group.id, users);
    await().until(() -> side.push.all(UserSignal.class).size() == 500);
    assertThat(
            side.push.eventsTo(users.get(77)).getFirst().at("/data/conversation/unread").intValue())
        .isEqualTo(3);
  }

  @Test
  void whoLosesTheGroupIsTold() {
    side.events.removed(17, List.of(1L, 2L));
    await().until(() -> !side.push.all(UserSignal.class).isEmpty());
    assertThat(side.push.all(UserSignal.class)).hasSize(1);
    assertThat(side.push.eventsTo(2).getFirst().toString())
        .isEqualTo("{\"event\":\"conversation\",\"data\":{\"groupId\":\"17\",\"removed\":true}}");
  }

  @Test
  void whatIsToldOfAGroupKeepsItsOrder() {
    TestGroup group = side.group(owner);
    long user = TestGroup.newId();
    long last = TestGroup.newId();
    for (int i = 0; i < 20; i++) {
      group.join(user);
      side.events.joined(group.id, List.of(user));
      group.leave(user);
      side.events.removed(group.id, List.of(user));
    }
    side.events.removed(group.id, List.of(last));
    await().until(() -> !side.push.to(last).isEmpty());
    assertThat(side.push.eventsTo(user).stream().filter(event -> event.get("data").has("removed")))
        .hasSizeGreaterThanOrEqualTo(20);
    assertThat(side.push.eventsTo(user).getLast().get("data").has("removed")).isTrue();
  }

  @Test
  void whatIsToldLastIsHowItIsThoughAnotherProcessTellsMeanwhile() {
    TestGroup group = side.group(owner);
    long user = TestGroup.newId();
    group.join(user);
    var told = new Published();
    Push overtaken =
        delivery -> {
          if (told.to(user).isEmpty()) { // the other's news goes out while this is on its way
            group.leave(user);
          }
          told.publish(delivery);
        };
    var events = new ConversationEvents(side.database, side.queries, overtaken, new KnownMembers());
    events.joined(group.id, List.of(user));
    await().until(() -> told.to(user).size() == 2);
    assertThat(told.eventsTo(user).getLast().get("data").has("removed")).isTrue();
  }

  @Test
  void whoIsGoneAgainIsNotToldOfJoining() {
    TestGroup group = side.group(owner);
    long user = TestGroup.newId();
    group.join(user);
    group.leave(user);
    side.events.joined(group.id, List.of(user));
    side.events.removed(group.id, List.of(user));
    await().until(() -> !side.push.to(user).isEmpty());
    assertThat(side.push.to(user)).hasSize(1);
  }
}

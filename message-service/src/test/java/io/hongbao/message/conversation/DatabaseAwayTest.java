package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Delivery.GroupSignal;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.PrivateDatabase;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class DatabaseAwayTest {

  @Test
  void readsAreUnavailableTypingGoesOnAndNothingIsLost(TestServices services) {
    PrivateDatabase server = services.privateDatabase();
    try (ReadSide side =
        ReadSide.open(server.jdbcUrl(), server.user(), server.password(), services.redisUrl())) {
      long owner = TestGroup.newId();
      TestGroup group = side.group(owner);
      long reader = TestGroup.newId();
      group.join(reader);
      group.texts(owner, 5);
      String data = "{\"groupId\":\"" + group.id + "\"}";
      String mark = "{\"groupId\":\"" + group.id + "\",\"seq\":4}";
      assertThat(side.ask(reader, "typing", data)).isEmpty();
      assertThat(side.ask(reader, "message.read", mark).get("unread").intValue()).isEqualTo(3);
      long removed = TestGroup.newId();
      TestGroup left = side.group(removed);
      String there = "{\"groupId\":\"" + left.id + "\"}";
      assertThat(side.ask(removed, "typing", there)).isEmpty();
      side.events.removed(left.id, List.of(removed));

      server.stop();
      List.of(
              side.start(reader, "message.history", data),
              side.start(reader, "conversation.list", "{}"),
              side.start(reader, "message.search", "{\"query\":\"t\"}"),
              side.start(reader, "message.read", mark.replace("\"seq\":4", "\"seq\":7")),
              side.start(owner, "typing", data),
              side.start(removed, "typing", there))
          .forEach(reply -> assertUnavailable(reply.toCompletableFuture().join()));
      for (int i = 0; i < 3; i++) {
        assertThat(side.ask(reader, "typing", data)).isEmpty();
      }
      assertThat(side.push.all(GroupSignal.class)).hasSize(5);

      server.restart();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> side.reply(reader, "conversation.list", "{}") instanceof Reply.Success);
      assertThat(side.conversation(reader, group).get("unread").intValue()).isEqualTo(3);
      assertThat(
              side.ask(reader, "message.read", mark.replace("\"seq\":4", "\"seq\":7"))
                  .get("unread")
                  .intValue())
          .isZero();
    }
  }

  private static void assertUnavailable(Reply reply) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Failure.class,
            failure -> {
              assertThat(failure.refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(failure.refusal().retryAfterMs()).isPositive();
            });
  }
}

package io.hongbao.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.config.Settings;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.media.UploadedMedia;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class MessageServiceTest {

  private static final Caller USER = new Caller(7, 1, "phone", "127.0.0.1");

  private final Database database;
  private final Redis redis;
  private final MessageService service;

  MessageServiceTest(TestServices services) {
    this.database =
        Database.open(
            services.jdbcUrl(), services.user(), services.password(), 8, MessageService.MAPPERS);
    database.migrate(MessageService.MIGRATIONS);
    this.redis = Redis.open(services.redisUrl());
    this.service =
        MessageService.start(
            MessageConfig.of(Settings.of(Map.of("auth.token-secret", "s".repeat(32)))),
            database,
            redis,
            new Published(),
            new UploadedMedia(),
            new Ids(1_000),
            new TestClock(),
            new SimpleMeterRegistry());
  }

  @AfterAll
  void close() {
    service.close();
    redis.close();
    database.close();
  }

  @Test
  void answersRequests() {
    JsonNode group =
        TestService.data(
                ask(USER, "group.create", "{\"clientGroupId\": \"k\", \"name\": \"group\"}"))
            .get("group");
    assertThat(group.get("maxMembers").intValue()).isEqualTo(500);
    JsonNode sent =
        TestService.data(
            ask(
                USER,
                "message.send",
                TestService.sendJson(group.get("groupId").asLong(), "k", "hi")));
    assertThat(sent.get("seq").longValue()).isEqualTo(2);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(TestService.code(ask(USER, "group.explode", "{}"))).isEqualTo("unknown_op");
    assertThat(TestService.code(ask(USER, "", "{}"))).isEqualTo("unknown_op");
  }

  @Test
  void refusesWhoHasNotLoggedIn() {
    assertThat(TestService.code(ask(Caller.anonymous("127.0.0.1"), "group.get", "{}")))
        .isEqualTo("unauthenticated");
  }

  @Test
  void refusesDataThatIsNoObject() {
    for (String data : new String[] {"[]", "5", "", "{", "null"}) {
      Reply reply = ask(USER, "group.get", data);
      assertThat(TestService.code(reply)).isEqualTo("invalid_argument");
      assertThat(((Reply.Failure) reply).refusal().field()).isEqualTo("data");
    }
  }

  @Test
  void namesTheFieldAtFault() {
    Reply reply = ask(USER, "message.send", "{\"groupId\": \"1\"}");
    assertThat(TestService.code(reply)).isEqualTo("invalid_argument");
    assertThat(((Reply.Failure) reply).refusal().field()).isEqualTo("clientMessageId");
  }

  private Reply ask(Caller caller, String op, String data) {
    var request = new Request(caller, op, data.getBytes(StandardCharsets.UTF_8));
    return Objects.requireNonNull(
        service.exchange().exchange(request).toCompletableFuture().join());
  }
}

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
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// Requests that a session sends without waiting for the answers.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class MessageExchangeTest {

  private static final String MEET = "{\"code\": \"4711\"}";

  private final Database database;
  private final Redis redis;
  private final MessageService service;

  /// Whoever has it keeps the lanes from deciding.
  private final Semaphore lanes = new Semaphore(1);

  private int users;

  MessageExchangeTest(TestServices services) {
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
            new Ids(1_001),
            new LaneClock(Clock.systemUTC(), this::pass),
            new SimpleMeterRegistry());
  }

  private void pass() {
    lanes.acquireUninterruptibly();
    lanes.release();
  }

  @AfterAll
  void close() {
    service.close();
    redis.close();
    database.close();
  }

  @Test
  void whoConfirmsMayWriteAtOnce() {
    Caller ann = user();
    Caller bob = user();
    data(ask(ann, "face.enter", MEET));
    data(ask(bob, "face.enter", MEET));
    String group = data(ask(ann, "face.confirm", MEET)).at("/group/groupId").textValue();
    data(ask(ann, "message.send", TestService.sendJson(Long.parseLong(group), "k", "hello")));

    var confirmed = ask(bob, "face.confirm", MEET);
    var sent = ask(bob, "message.send", TestService.sendJson(Long.parseLong(group), "k", "hi"));
    assertThat(data(sent).get("seq").intValue()).isEqualTo(4);
    assertThat(data(confirmed).get("created").booleanValue()).isFalse();
  }

  @Test
  void whatIsAskedBehindALookUpWaitsForNoAnswer() {
    Caller ann = user();
    String make = "{\"clientGroupId\": \"k\", \"name\": \"group\"}";
    long group = data(ask(ann, "group.create", make)).at("/group/groupId").asLong();

    lanes.acquireUninterruptibly();
    CompletableFuture<Reply> decided;
    CompletableFuture<Reply> sent;
    try {
      decided = ask(ann, "group.decide", "{\"requestId\": \"1\", \"accept\": true}");
      sent = ask(ann, "message.send", TestService.sendJson(group, "k", "hi"));
      assertThat(data(ask(ann, "conversation.list", "{}")).get("conversations")).hasSize(1);
      assertThat(sent).isNotDone();
    } finally {
      lanes.release();
    }
    assertThat(TestService.code(decided.join())).isEqualTo("not_found");
    assertThat(data(sent).get("seq").intValue()).isEqualTo(2);
  }

  @Test
  void whatIsMalformedIsRefusedAlsoBehindALookUp() {
    Caller ann = user();
    var decided = ask(ann, "group.decide", "{\"requestId\": \"1\", \"accept\": true}");
    assertThat(TestService.code(ask(ann, "group.get", "{}").join())).isEqualTo("invalid_argument");
    assertThat(TestService.code(decided.join())).isEqualTo("not_found");
  }

  /// Without features every request is a bug.
  @Test
  @SuppressWarnings("NullAway")
  void aBugIsAnswered() {
    var broken = new MessageExchange(null, null, null, null, null, null, null, null);
    for (Caller caller : new Caller[] {user(), Caller.anonymous("192.0.2.1")}) {
      String op = caller.isAnonymous() ? "account.token" : "group.get";
      var request =
          request(caller, op, "{\"groupId\": \"1\", \"username\": \"ann\", \"password\": \"\"}");
      assertThat(TestService.code(broken.exchange(request).toCompletableFuture().join()))
          .isEqualTo("internal");
    }
  }

  private Caller user() {
    String name = "exchange" + ++users;
    String account =
        "{\"username\": \"%s\", \"password\": \"a long password\", \"nickname\": \"%s\"}"
            .formatted(name, name);
    long userId =
        data(ask(Caller.anonymous("192.0.2.1"), "account.create", account)).get("userId").asLong();
    return new Caller(userId, users, "phone", "192.0.2.1");
  }

  private CompletableFuture<Reply> ask(Caller caller, String op, String data) {
    return service
        .exchange()
        .exchange(request(caller, op, data))
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS);
  }

  private static Request request(Caller caller, String op, String data) {
    return new Request(caller, op, data.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode data(CompletableFuture<Reply> reply) {
    return TestService.data(reply.join());
  }
}

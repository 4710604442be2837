package io.hongbao.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery.LogRun;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
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

  private final Published published = new Published();
  private final WholeService service;

  /// Whoever has it keeps the lanes from deciding.
  private final Semaphore lanes = new Semaphore(1);

  private int users;

  MessageExchangeTest(TestServices services) {
    var clock = new LaneClock(Clock.systemUTC(), this::pass);
    this.service = WholeService.start(services, services.jdbcUrl(), published, clock);
  }

  private void pass() {
    lanes.acquireUninterruptibly();
    lanes.release();
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void whoConfirmsMayWriteAtOnce() {
    Caller ann = user();
    Caller bob = user();
    data(service.ask(ann, "face.enter", MEET));
    data(service.ask(bob, "face.enter", MEET));
    String group = data(service.ask(ann, "face.confirm", MEET)).at("/group/groupId").textValue();
    data(
        service.ask(
            ann, "message.send", TestService.sendJson(Long.parseLong(group), "k", "hello")));

    var confirmed = service.ask(bob, "face.confirm", MEET);
    var sent =
        service.ask(bob, "message.send", TestService.sendJson(Long.parseLong(group), "k", "hi"));
    assertThat(data(sent).get("seq").intValue()).isEqualTo(4);
    assertThat(data(confirmed).get("created").booleanValue()).isFalse();
  }

  @Test
  void whatARequestPublishesBearsItsTrace() {
    Caller ann = user();
    String make = "{\"clientGroupId\": \"traced\", \"name\": \"group\"}";
    long group = data(service.ask(ann, "group.create", make)).at("/group/groupId").asLong();
    byte[] hello = TestService.sendJson(group, "k", "hello").getBytes(StandardCharsets.UTF_8);
    var request = new Request(ann, "message.send", hello);
    data(service.ask(request));

    assertThat(published.runs(group)).extracting(LogRun::trace).endsWith(request.trace());
  }

  @Test
  void whatIsAskedBehindALookUpWaitsForNoAnswer() {
    Caller ann = user();
    String make = "{\"clientGroupId\": \"k\", \"name\": \"group\"}";
    long group = data(service.ask(ann, "group.create", make)).at("/group/groupId").asLong();

    lanes.acquireUninterruptibly();
    CompletableFuture<Reply> decided;
    CompletableFuture<Reply> sent;
    try {
      decided = service.ask(ann, "group.decide", "{\"requestId\": \"1\", \"accept\": true}");
      sent = service.ask(ann, "message.send", TestService.sendJson(group, "k", "hi"));
      assertThat(data(service.ask(ann, "conversation.list", "{}")).get("conversations")).hasSize(1);
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
    var decided = service.ask(ann, "group.decide", "{\"requestId\": \"1\", \"accept\": true}");
    assertThat(TestService.code(service.ask(ann, "group.get", "{}").join()))
        .isEqualTo("invalid_argument");
    assertThat(TestService.code(decided.join())).isEqualTo("not_found");
  }

  /// Without features every request is a bug.
  @Test
  @SuppressWarnings("NullAway")
  void aBugIsAnswered() {
    var broken = new MessageExchange(null, null, null, null, null, null, null, null);
    for (Caller caller : new Caller[] {user(), Caller.anonymous("192.0.2.1")}) {
      String op = caller.isAnonymous() ? "account.token" : "group.get";
      String data = "{\"groupId\": \"1\", \"username\": \"ann\", \"password\": \"\"}";
      var request = new Request(caller, op, data.getBytes(StandardCharsets.UTF_8));
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
        data(service.ask(Caller.anonymous("192.0.2.1"), "account.create", account))
            .get("userId")
            .asLong();
    return new Caller(userId, users, "phone", "192.0.2.1");
  }

  private static JsonNode data(CompletableFuture<Reply> reply) {
    return TestService.data(reply.join());
  }
}

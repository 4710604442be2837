package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// What one process has changed, the other must not decide on without.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class TwoServicesTest {

  private final TestService one;
  private final TestService two;
  private long owner;
  private long member;
  private long stranger;
  private long group;

  TwoServicesTest(TestServices services) {
    this.one = TestService.start(services);
    this.two = TestService.start(services);
  }

  @BeforeEach
  void bothHoldAGroup() {
    List<Long> users = one.users(3);
    owner = users.get(0);
    member = users.get(1);
    stranger = users.get(2);
    group = one.group(users.subList(0, 2));
    TestService.data(two.send(owner, group, "warm two", "hi").join());
    TestService.data(one.send(owner, group, "warm one", "hi").join());
    assertThat(TestService.code(two.send(stranger, group, "no", "hi").join()))
        .isEqualTo("not_a_member");
  }

  @AfterAll
  void close() {
    one.close();
    two.close();
  }

  @Test
  void whoJoinedThereMaySendHere() {
    invite(one, stranger);
    JsonNode sent = TestService.data(two.send(stranger, group, "k", "hi").join());
    assertThat(sent.get("seq").longValue()).isEqualTo(6);
  }

  @Test
  void whoLeftThereMayNotSendHere() {
    one.ok(member, "group.leave", groupJson());
    assertThat(TestService.code(two.send(member, group, "k", "hi").join()))
        .isEqualTo("not_a_member");
    assertThat(two.ok(member, "group.leave", groupJson())).isEmpty();
  }

  @Test
  void whoJoinedThereIsJoinedHere() {
    invite(one, stranger);
    JsonNode joined = two.ok(stranger, "group.join", groupJson());
    assertThat(joined.get("status").textValue()).isEqualTo("joined");
    assertThat(joined.get("group").get("lastSeq").longValue()).isEqualTo(5);
    assertThat(joined.get("group").get("memberCount").intValue()).isEqualTo(3);
  }

  @Test
  void aRefusalForOneCommandDoesNotHideBehindAnothersWrite() {
    invite(one, stranger);
    var first = two.send(owner, group, "a", "hi");
    var second = two.send(stranger, group, "b", "hi");
    assertThat(TestService.data(first.join()).get("seq").longValue()).isEqualTo(6);
    assertThat(TestService.data(second.join()).get("seq").longValue()).isEqualTo(7);
  }

  @Test
  void whatWasSentThereIsTakenBackHere() {
    JsonNode sent = TestService.data(one.send(member, group, "k", "hi").join());
    String recall =
        "{\"groupId\": \"%d\", \"seq\": %d}".formatted(group, sent.get("seq").longValue());
    JsonNode here = two.ok(member, "message.recall", recall);
    assertThat(one.ok(owner, "message.recall", recall)).isEqualTo(here);
  }

  private void invite(TestService through, long user) {
    through.ok(
        owner,
        "group.invite",
        "{\"groupId\": \"%d\", \"userIds\": [\"%d\"]}".formatted(group, user));
  }

  private String groupJson() {
    return "{\"groupId\": \"%d\"}".formatted(group);
  }
}

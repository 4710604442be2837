package io.hongbao.message.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// Mutes that run out, with two processes that look for them.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class MuteSweepTest {

  private static final Duration MUTE = Duration.ofMinutes(1);

  private final TestService service;
  private final TestService other;
  private List<Long> users = List.of();
  private long group;

  MuteSweepTest(TestServices services) {
    this.service = TestService.start(services);
    this.other = TestService.start(services);
  }

  @BeforeEach
  void makeGroup() {
    users = service.users(3);
    group = service.group(users);
  }

  @AfterAll
  void close() {
    service.close();
    other.close();
  }

  @Test
  void tellsOnceWhoMaySpeakAgain() {
    mute(1);
    assertThat(service.refused(users.get(1), "message.send", say("no"))).isEqualTo("muted");
    assertThat(open()).isEqualTo(1);
    runOut();
    await().untilAsserted(() -> assertThat(unmuted()).containsExactly(users.get(1)));
    assertThat(open()).isZero();
    service.ok(users.get(1), "message.send", say("yes"));
  }

  @Test
  void saysNothingWhereTheMuteWasLifted() {
    mute(1);
    ask("group.mute", "\"userId\": \"%d\", \"untilAt\": 0".formatted(users.get(1)));
    assertNobodyIsTold();
  }

  @Test
  void saysNothingToWhoHasLeft() {
    mute(1);
    service.ok(users.get(1), "group.leave", json(""));
    assertNobodyIsTold();
  }

  @Test
  void saysNothingToAnOwner() {
    mute(1);
    ask("group.transfer", "\"userId\": \"%d\"".formatted(users.get(1)));
    assertNobodyIsTold();
  }

  @Test
  void saysNothingInADissolvedGroup() {
    mute(1);
    ask("group.dissolve", "");
    assertNobodyIsTold();
  }

  @Test
  void aLongerMuteIsTheOneThatEnds() {
    mute(1);
    long until = service.clock().millis() + MUTE.multipliedBy(2).toMillis();
    ask("group.mute", "\"userId\": \"%d\", \"untilAt\": %d".formatted(users.get(1), until));
    runOut();
    mute(2);
    runOut();
    await().untilAsserted(() -> assertThat(unmuted()).hasSize(2));
    assertThat(unmuted()).containsExactlyInAnyOrder(users.get(1), users.get(2));
  }

  @Test
  void aMuteOutlastsLeavingAndComingBack() {
    ask("group.update", "\"rules\": {\"joinPolicy\": \"open\"}");
    mute(1);
    service.ok(users.get(1), "group.leave", json(""));
    service.ok(users.get(1), "group.join", json(""));
    assertThat(service.refused(users.get(1), "message.send", say("no"))).isEqualTo("muted");
    runOut();
    await().untilAsserted(() -> assertThat(unmuted()).containsExactly(users.get(1)));
  }

  private void mute(int user) {
    long until = service.clock().millis() + MUTE.toMillis();
    ask("group.mute", "\"userId\": \"%d\", \"untilAt\": %d".formatted(users.get(user), until));
  }

  private void runOut() {
    service.clock().forward(MUTE);
    other.clock().forward(MUTE);
  }

  private void assertNobodyIsTold() {
    runOut();
    await().untilAsserted(() -> assertThat(open()).isZero());
    assertThat(unmuted()).isEmpty();
  }

  private long open() {
    return Long.parseLong(
        service.query("SELECT COUNT(*) FROM mute_expiry WHERE group_id = " + group).getFirst());
  }

  /// Who was told, by either process.
  private List<Long> unmuted() {
    return Stream.of(service, other)
        .flatMap(one -> one.published().all().stream())
        .filter(delivery -> isUnmuted(delivery))
        .flatMap(delivery -> ((UserSignal) delivery).userIds().stream())
        .toList();
  }

  private boolean isUnmuted(Delivery delivery) {
    return delivery instanceof UserSignal signal
        && new String(signal.event(), StandardCharsets.UTF_8)
            .equals("{\"event\":\"unmuted\",\"data\":{\"groupId\":\"" + group + "\"}}");
  }

  private void ask(String op, String fields) {
    service.ok(users.getFirst(), op, json(fields));
  }

  private String say(String text) {
    return TestService.sendJson(group, "k-" + text + service.clock().millis(), text);
  }

  private String json(String fields) {
    return "{\"groupId\": \"" + group + "\"" + (fields.isEmpty() ? "" : ", ") + fields + "}";
  }
}

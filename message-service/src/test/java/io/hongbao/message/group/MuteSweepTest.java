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

/// Mutes that run out.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class MuteSweepTest {

  private static final Duration MUTE = Duration.ofMinutes(1);

  private final TestServices services;
  private final TestService service;
  private List<Long> users = List.of();
  private long group;

  MuteSweepTest(TestServices services) {
    this.services = services;
    this.service = TestService.start(services);
  }

  @BeforeEach
  void makeGroup() {
    users = service.users(3);
    group = service.group(users);
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void tellsOnceWhoMaySpeakAgain() {
    mute(1);
    assertThat(service.refused(users.get(1), "message.send", say("no"))).isEqualTo("muted");
    runOut();
    await().untilAsserted(() -> assertThat(unmuted()).containsExactly(users.get(1)));
    letAnotherMuteEnd();
    assertThat(unmuted()).containsExactly(users.get(1));
    service.ok(users.get(1), "message.send", say("yes"));
  }

  @Test
  void oneOfTwoProcessesTells() {
    try (TestService other = TestService.start(services)) {
      mute(1);
      mute(2);
      runOut();
      other.clock().forward(MUTE);
      await().untilAsserted(() -> assertThat(open()).isZero());
      await().untilAsserted(() -> assertThat(told(other)).hasSize(2));
      letAnotherMuteEnd();
      assertThat(told(other)).containsExactlyInAnyOrder(users.get(1), users.get(2));
    }
  }

  private List<Long> told(TestService other) {
    return Stream.of(service, other).flatMap(this::unmuted).toList();
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
    letAnotherMuteEnd();
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
  }

  private void assertNobodyIsTold() {
    runOut();
    letAnotherMuteEnd();
    assertThat(open()).isZero();
    assertThat(unmuted()).isEmpty();
  }

  /// Mutes are told in the order in which they end: after this one, so are all before it.
  private void letAnotherMuteEnd() {
    long tested = group;
    group = service.group(users);
    mute(2);
    runOut();
    await().untilAsserted(() -> assertThat(unmuted()).isNotEmpty());
    group = tested;
  }

  private long open() {
    return Long.parseLong(
        service.query("SELECT COUNT(*) FROM mute_expiry WHERE group_id = " + group).getFirst());
  }

  /// Who was told.
  private List<Long> unmuted() {
    return unmuted(service).toList();
  }

  private Stream<Long> unmuted(TestService by) {
    return by.published().all().stream()
        .filter(this::isUnmuted)
        .flatMap(delivery -> ((UserSignal) delivery).userIds().stream());
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

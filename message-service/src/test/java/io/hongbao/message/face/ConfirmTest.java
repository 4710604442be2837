package io.hongbao.message.face;

import static io.hongbao.message.face.FaceService.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class ConfirmTest {

  private static final int MEMBERS_MAX = 3;

  private final TestClock clock = new TestClock();
  private final FaceService service;
  private String code = "";
  private long ann;
  private long bob;
  private long cem;
  private long dan;

  ConfirmTest(TestServices services) {
    this.service = FaceService.with(services).membersMax(MEMBERS_MAX).start(clock);
  }

  @BeforeEach
  void people() {
    code = FaceService.freshCode();
    List<Long> users = service.users(List.of("Ann", "Bob", "Cem", "Dan"));
    ann = users.get(0);
    bob = users.get(1);
    cem = users.get(2);
    dan = users.get(3);
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void theFirstMakesAnOrdinaryGroupAndOwnsIt() {
    service.enter(ann, code);
    service.enter(bob, code);
    JsonNode made = service.confirm(bob, code);

    JsonNode group = made.get("group");
    String groupId = group.get("groupId").textValue();
    assertThat(made.get("created").booleanValue()).isTrue();
    assertThat(made)
        .hasToString(
            """
            {"group":{"groupId":"%s","name":"Ann, Bob","ownerId":"%d","memberCount":1,\
            "maxMembers":3,"announcement":"","rules":{"joinPolicy":"invite_only",\
            "invitePolicy":"everyone","postPolicy":"everyone","historyPolicy":"all"},\
            "lastSeq":1,"createdAt":%d},"created":true}"""
                .formatted(groupId, bob, clock.millis()));
    assertThat(service.membersOfTheOneGroup(code)).containsExactly(bob);
    assertThat(
            service.query(
                "SELECT CONCAT_WS(' ', code, IFNULL(place, '-'), created_by, created_at)"
                    + " FROM random_code WHERE group_id = "
                    + groupId))
        .containsExactly("%s - %d %d".formatted(code, bob, clock.millis()));
  }

  @Test
  void theOthersJoinInTheOrderInWhichTheyConfirm() {
    List.of(ann, bob, cem).forEach(user -> service.enter(user, code));
    String groupId = groupId(service.confirm(cem, code));
    JsonNode second = service.confirm(ann, code);
    JsonNode third = service.confirm(bob, code);

    assertThat(groupId(second)).isEqualTo(groupId);
    assertThat(second.get("created").booleanValue()).isFalse();
    assertThat(second.get("group").get("memberCount").intValue()).isEqualTo(2);
    assertThat(third.get("group").get("memberCount").intValue()).isEqualTo(3);
    assertThat(service.membersOfTheOneGroup(code)).containsExactlyInAnyOrder(ann, bob, cem);
    assertThat(service.published.events(Long.parseLong(groupId)))
        .extracting(entry -> entry.get("content").get("actorId").asLong())
        .containsExactly(cem, ann, bob);
    assertThat(service.published.memberships())
        .contains(
            groupId + " joined [" + cem + "]",
            groupId + " joined [" + ann + "]",
            groupId + " joined [" + bob + "]");
  }

  @Test
  void aRepeatIsAnsweredAsTheFirstTimeAndWritesNothing() {
    service.enter(ann, code);
    service.enter(bob, code);
    JsonNode first = service.confirm(ann, code);
    assertThat(service.confirm(ann, code)).isEqualTo(first);

    JsonNode joined = service.confirm(bob, code);
    assertThat(service.confirm(bob, code)).isEqualTo(joined);
    assertThat(service.confirm(ann, code).get("created").booleanValue()).isTrue();
    assertThat(service.membersOfTheOneGroup(code)).containsExactlyInAnyOrder(ann, bob);
  }

  @Test
  void everybodyWaitingIsToldOfTheGroup() {
    service.enter(ann, code);
    await().until(() -> !service.events(code, ann).isEmpty());
    service.enter(bob, code);
    String groupId = groupId(service.confirm(ann, code));

    await()
        .untilAsserted(
            () ->
                assertThat(service.lastEvent(code, bob).path("groupId").textValue())
                    .isEqualTo(groupId));
    assertThat(FaceService.waiting(service.events(code, bob).getLast())).containsExactly(ann, bob);
    assertThat(service.events(code, ann).getFirst().has("groupId")).isFalse();
  }

  @Test
  void whoEntersInTimeAfterItMayStillConfirm() {
    service.enter(ann, code);
    String groupId = groupId(service.confirm(ann, code));
    clock.forward(FaceService.TTL.minusMillis(1));

    JsonNode late = service.enter(bob, code);
    assertThat(late.get("groupId").textValue()).isEqualTo(groupId);
    assertThat(groupId(service.confirm(bob, code))).isEqualTo(groupId);
    assertThat(service.membersOfTheOneGroup(code)).containsExactlyInAnyOrder(ann, bob);
  }

  @Test
  void afterTheEndItIsTooLate() {
    service.enter(ann, code);
    service.enter(bob, code);
    String groupId = groupId(service.confirm(ann, code));
    clock.forward(FaceService.TTL);

    assertThat(refused(bob)).isEqualTo("code_expired");
    assertThat(refused(ann)).isEqualTo("code_expired");
    assertThat(service.enter(bob, code).has("groupId")).isFalse();
    assertThat(groupId(service.confirm(bob, code))).isNotEqualTo(groupId);
  }

  @Test
  void whoDoesNotWaitThereIsToldThatTheCodeIsOver() {
    assertThat(refused(ann)).isEqualTo("code_expired");
    service.enter(ann, code);
    assertThat(refused(bob)).isEqualTo("code_expired");
    service.confirm(ann, code);
    assertThat(refused(bob)).isEqualTo("code_expired");
    service.enter(bob, code);
    service.leave(bob, code);
    assertThat(refused(bob)).isEqualTo("code_expired");
    assertThat(service.membersOfTheOneGroup(code)).containsExactly(ann);
  }

  @Test
  void moreThanAGroupTakesMayWaitButNotJoin() {
    List.of(ann, bob, cem, dan).forEach(user -> service.enter(user, code));
    List.of(ann, bob, cem).forEach(user -> service.confirm(user, code));

    assertThat(refused(dan)).isEqualTo("group_full");
    assertThat(service.confirm(ann, code).get("created").booleanValue()).isTrue();
    assertThat(service.membersOfTheOneGroup(code)).containsExactlyInAnyOrder(ann, bob, cem);
  }

  @Test
  void oneCodeInTwoPlacesMakesTwoGroups() {
    service.enter(ann, code, 31.2304, 121.4737);
    service.enter(bob, code, 39.9042, 116.4074);
    String shanghai = groupId(service.confirm(ann, code));
    String beijing = groupId(service.confirm(bob, code));

    assertThat(shanghai).isNotEqualTo(beijing);
    assertThat(
            service.query(
                "SELECT place FROM random_code WHERE code = '" + code + "' ORDER BY created_by"))
        .containsExactly("wtw3sj", "wx4g0b");
  }

  @Test
  void whoHasLeftTheRoomStaysAMember() {
    service.enter(ann, code);
    service.confirm(ann, code);
    service.leave(ann, code);
    assertThat(service.membersOfTheOneGroup(code)).containsExactly(ann);
  }

  @Test
  void aRoomThatConfirmedMembersWaitInStillShowsThem() {
    service.enter(ann, code);
    service.confirm(ann, code);
    clock.forward(Duration.ofSeconds(5));
    assertThat(FaceService.waiting(service.enter(bob, code))).containsExactly(ann, bob);
  }

  private String refused(long userId) {
    return service.refused(userId, "face.confirm", code(code));
  }

  private static String groupId(JsonNode confirmed) {
    return confirmed.get("group").get("groupId").textValue();
  }
}

package io.hongbao.message.face;

import static io.hongbao.message.face.FaceService.code;
import static io.hongbao.message.face.FaceService.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class EnterTest {

  private final TestClock clock = new TestClock();
  private final FaceService service;
  private String code = "";
  private long ann;
  private long bob;
  private long cem;

  EnterTest(TestServices services) {
    this.service = FaceService.start(services, clock);
  }

  @BeforeEach
  void people() {
    code = FaceService.freshCode();
    List<Long> users = service.users(List.of("Ann", "小明 🧧", "Cem"));
    ann = users.get(0);
    bob = users.get(1);
    cem = users.get(2);
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void theFirstWaitsAlone() {
    assertThat(service.enter(ann, code))
        .hasToString(
            """
            {"code":"%s","waiting":[{"userId":"%d","username":"user%d","nickname":"Ann"}],"expiresAt":%d}"""
                .formatted(code, ann, ann, clock.millis() + FaceService.TTL.toMillis()));
  }

  @Test
  void whoComesSeesWhoCameBeforeInThatOrder() {
    service.enter(cem, code);
    service.enter(ann, code);
    assertThat(waiting(service.enter(bob, code))).containsExactly(cem, ann, bob);
  }

  @Test
  void theRoomEndsThreeMinutesAfterTheFirstCame() {
    long end = service.enter(ann, code).get("expiresAt").longValue();
    clock.forward(Duration.ofSeconds(100));
    JsonNode second = service.enter(bob, code);

    assertThat(second.get("expiresAt").longValue()).isEqualTo(end);
    assertThat(waiting(second)).containsExactly(ann, bob);
  }

  @Test
  void atItsEndANewRoomOpens() {
    service.enter(ann, code);
    clock.forward(FaceService.TTL);
    JsonNode next = service.enter(bob, code);

    assertThat(waiting(next)).containsExactly(bob);
    assertThat(next.get("expiresAt").longValue())
        .isEqualTo(clock.millis() + FaceService.TTL.toMillis());
    assertThat(waiting(service.enter(ann, code))).containsExactly(bob, ann);
  }

  @Test
  void enteringAgainChangesNothing() {
    service.enter(ann, code);
    JsonNode first = service.enter(bob, code);
    await().until(() -> !service.events(code, bob).isEmpty());
    int events = service.events(code, null).size();

    clock.forward(Duration.ofSeconds(1));
    assertThat(service.enter(bob, code)).isEqualTo(first);
    assertThat(service.enter(ann, code)).isEqualTo(first);
    service.enter(cem, code);
    await().until(() -> !service.events(code, cem).isEmpty());
    assertThat(service.events(code, null)).hasSize(events + 1);
  }

  @Test
  void everybodyWaitingIsToldOfEachChange() {
    service.enter(ann, code);
    await().untilAsserted(() -> assertThat(told(ann)).containsExactly(List.of(ann)));
    service.enter(bob, code);
    await()
        .untilAsserted(
            () -> assertThat(told(ann)).containsExactly(List.of(ann), List.of(ann, bob)));
    service.leave(ann, code);
    await()
        .untilAsserted(
            () -> assertThat(told(bob)).containsExactly(List.of(ann, bob), List.of(bob)));
    assertThat(told(ann)).hasSize(2);
    assertThat(service.events(code, bob).getLast())
        .hasToString(
            """
            {"code":"%s","waiting":[{"userId":"%d","username":"user%d","nickname":"小明 🧧"}]}"""
                .formatted(code, bob, bob));
  }

  @Test
  void oneCodeInTwoPlacesIsTwoRooms() {
    service.enter(ann, code, 31.2304, 121.4737);
    assertThat(waiting(service.enter(bob, code, 39.9042, 116.4074))).containsExactly(bob);
    assertThat(waiting(service.enter(cem, code, 31.2305, 121.4738))).containsExactly(ann, cem);
  }

  @Test
  void whoSaysNoPlaceMeetsWhoSaysNone() {
    service.enter(ann, code, 31.2304, 121.4737);
    assertThat(waiting(service.enter(bob, code))).containsExactly(bob);
    assertThat(waiting(service.enter(cem, code))).containsExactly(bob, cem);
  }

  @Test
  void whoEntersAnotherCodeLeavesTheFirst() {
    String other = FaceService.freshCode();
    service.enter(ann, code);
    service.enter(bob, code);
    service.enter(ann, other);

    assertThat(waiting(service.enter(cem, code))).containsExactly(bob, cem);
    await().untilAsserted(() -> assertThat(told(bob)).endsWith(List.of(bob, cem)));
    assertThat(service.refused(ann, "face.confirm", code(code))).isEqualTo("code_expired");
    assertThat(waiting(service.enter(bob, other))).containsExactly(ann, bob);
  }

  @Test
  void whoFindsTheRoomFullWaitsWhereTheyWaitedBefore() {
    String full = FaceService.freshCode();
    service.enter(ann, code);
    service.enter(bob, full);
    fill(full, bob);

    assertThat(service.refused(ann, "face.enter", code(full))).isEqualTo("group_full");
    assertThat(waiting(service.enter(cem, code))).containsExactly(ann, cem);
    assertThat(service.confirm(ann, code).get("created").booleanValue()).isTrue();
    assertThat(waiting(service.enter(bob, full))).containsExactly(bob);
  }

  /// Beside the one who waits, as many have been there as the room takes.
  private void fill(String full, long waiting) {
    RoomKey room = Objects.requireNonNull(service.rooms.waiting(waiting, full)).key();
    var leave = new LeaveRoom(service.redis);
    for (long user = 1; user < Rooms.PEOPLE_MAX; user++) {
      leave.run(room, user, new Generation(1, user), FaceService.TTL.toMillis());
    }
  }

  @Test
  void whoIsLeftBehindIsTold() {
    service.enter(ann, code);
    service.enter(bob, code);
    service.enter(ann, FaceService.freshCode());
    await().untilAsserted(() -> assertThat(told(bob)).endsWith(List.of(bob)));
  }

  @Test
  void whoWalksAwayAndEntersTheSameCodeThereLeavesTheFirstRoom() {
    service.enter(ann, code, 31.2304, 121.4737);
    service.enter(bob, code, 31.2304, 121.4737);
    assertThat(waiting(service.enter(ann, code, 31.2404, 121.4737))).containsExactly(ann);
    assertThat(waiting(service.enter(cem, code, 31.2304, 121.4737))).containsExactly(bob, cem);
  }

  @Test
  void whoComesBackWaitsBehindTheOthers() {
    service.enter(ann, code);
    service.enter(bob, code);
    service.leave(ann, code);
    assertThat(waiting(service.enter(ann, code))).containsExactly(bob, ann);
  }

  @Test
  void aRoomOutlivesThatAllHaveLeft() {
    long end = service.enter(ann, code).get("expiresAt").longValue();
    service.leave(ann, code);
    clock.forward(Duration.ofSeconds(10));
    JsonNode next = service.enter(bob, code);

    assertThat(next.get("expiresAt").longValue()).isEqualTo(end);
    assertThat(waiting(next)).containsExactly(bob);
  }

  @Test
  void leavingIsAnsweredTheSameWhoeverLeaves() {
    service.enter(ann, code);
    assertThat(service.leave(ann, code)).hasToString("{}");
    assertThat(service.leave(ann, code)).hasToString("{}");
    assertThat(service.leave(bob, code)).hasToString("{}");
    assertThat(waiting(service.enter(cem, code))).containsExactly(cem);
  }

  @Test
  void leavingAnotherCodeLeavesNothing() {
    service.enter(ann, code);
    service.leave(ann, FaceService.freshCode());
    assertThat(waiting(service.enter(bob, code))).containsExactly(ann, bob);
  }

  @Test
  void whatIsAskedInOneGoTakesEffectInTheOrderAsked() {
    String other = FaceService.freshCode();
    List<CompletableFuture<Reply>> replies =
        List.of(
            service.ask(ann, "face.enter", code(code)),
            service.ask(ann, "face.leave", code(code)),
            service.ask(ann, "face.enter", code(other)),
            service.ask(ann, "face.enter", code(code)),
            service.ask(ann, "face.leave", code(other)),
            service.ask(ann, "face.confirm", code(code)));

    assertThat(FaceService.data(replies.getLast().join()).get("created").booleanValue()).isTrue();
    assertThat(waiting(service.enter(bob, other))).containsExactly(bob);
  }

  @Test
  void anEmptyRoomLooksLikeACodeThatNobodyEntered() {
    service.enter(ann, code, 31.2304, 121.4737);
    service.leave(ann, code);
    JsonNode visited = service.enter(bob, code, 31.2304, 121.4737);
    JsonNode unknown = service.enter(bob, FaceService.freshCode(), 31.2304, 121.4737);

    assertThat(visited.get("waiting")).isEqualTo(unknown.get("waiting"));
    assertThat(visited.has("groupId")).isEqualTo(unknown.has("groupId"));
    assertThat(visited.get("expiresAt")).isEqualTo(unknown.get("expiresAt"));
  }

  private List<List<Long>> told(long userId) {
    return service.events(code, userId).stream().map(FaceService::waiting).toList();
  }
}

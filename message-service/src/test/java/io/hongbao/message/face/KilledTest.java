package io.hongbao.message.face;

import static io.hongbao.message.face.FaceService.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestClock;
import io.hongbao.message.face.FindRoom.Found;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A process is killed between two steps; the client asks again, and another process answers.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class KilledTest {

  private static final long KEEP_MS = FaceService.TTL.toMillis();

  private final TestClock clock = new TestClock();
  private final FaceService killed;
  private final FaceService other;
  private String code = "";
  private String before = "";
  private long ann;
  private long bob;
  private long cem;

  KilledTest(TestServices services) {
    this.killed = FaceService.start(services, clock);
    this.other = FaceService.start(services, clock);
  }

  @BeforeEach
  void people() {
    code = FaceService.freshCode();
    before = FaceService.freshCode();
    List<Long> users = killed.users(3);
    ann = users.get(0);
    bob = users.get(1);
    cem = users.get(2);
  }

  @AfterAll
  void close() {
    killed.close();
    other.close();
  }

  /// The last step of entering that is still done.
  private enum Step {
    FIND,
    CLAIM,
    ENTER,
    LEAVE
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void whoEntersAgainWaitsThereAndNowhereElse(Step last) {
    killed.enter(ann, before);
    long overAt = enterUntil(last);

    JsonNode entered = other.enter(ann, code);
    assertThat(waiting(entered)).containsExactly(ann);
    assertThat(entered.get("expiresAt").longValue()).isEqualTo(overAt);
    assertThat(waiting(other.enter(bob, before))).containsExactly(bob);
    assertThat(other.confirm(ann, code).get("created").booleanValue()).isTrue();
    assertThat(other.membersOfTheOneGroup(code)).containsExactly(ann);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void whoEntersElsewhereInsteadLeavesNothingBehind(Step last) {
    killed.enter(ann, before);
    enterUntil(last);
    other.enter(ann, FaceService.freshCode());

    assertThat(waiting(other.enter(bob, code))).containsExactly(bob);
    assertThat(waiting(other.enter(cem, before))).containsExactly(cem);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void theOthersMeetAllTheSame(Step last) {
    long overAt = enterUntil(last);
    clock.forward(Duration.ofSeconds(1));

    assertThat(other.enter(bob, code).get("expiresAt").longValue()).isEqualTo(overAt);
    other.enter(cem, code);
    other.confirm(cem, code);
    other.confirm(bob, code);
    other.enter(ann, code);
    other.confirm(ann, code);
    assertThat(other.membersOfTheOneGroup(code)).containsExactlyInAnyOrder(ann, bob, cem);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void confirmsInOneRoomOnly(Step last) {
    killed.enter(ann, before);
    enterUntil(last);

    boolean isIn = last.compareTo(Step.ENTER) >= 0;
    other.confirm(ann, isIn ? code : before);
    assertThat(other.refused(ann, "face.confirm", FaceService.code(isIn ? before : code)))
        .isEqualTo("code_expired");
  }

  private long enterUntil(Step last) {
    var redis = killed.redis;
    long now = clock.millis();
    var fresh = new Found(new RoomKey(code, killed.ids.next()), now + KEEP_MS);
    var generation = new Generation(killed.ids.next(), 0);
    Found found = new FindRoom(redis).run(now, fresh, KEEP_MS, null, null);
    List<Claim> claims =
        last == Step.FIND
            ? List.of()
            : new ClaimRoom(redis).run(found.room(), ann, generation, KEEP_MS).held();
    if (last.compareTo(Step.ENTER) >= 0) {
      new EnterRoom(redis).run(found, ann, generation, KEEP_MS, Rooms.PEOPLE_MAX);
    }
    if (last == Step.LEAVE) {
      claims.stream()
          .filter(claim -> !claim.room().equals(found.room()))
          .forEach(claim -> new LeaveRoom(redis).run(claim.room(), ann, generation, KEEP_MS));
    }
    return found.overAt();
  }

  @Test
  void killedBeforeTheGroupIsMadeThereIsOneAfterwards() {
    killed.enter(ann, code);
    Objects.requireNonNull(killed.rooms.waiting(ann, code));

    assertMeetsInOneGroup();
  }

  @Test
  void killedBeforeTheRoomKnowsOfItsGroupThereIsStillOne() {
    makeGroup();
    assertThat(other.enter(bob, code).has("groupId")).isFalse();

    assertMeetsInOneGroup();
  }

  @Test
  void killedBeforeTheAnswerThereIsStillOne() {
    killed.rooms.groupMade(makeGroup().key());

    assertMeetsInOneGroup();
  }

  @Test
  void anotherConfirmsInstead() {
    Room room = makeGroup();
    other.enter(bob, code);
    JsonNode joined = other.confirm(bob, code);

    assertThat(joined.get("created").booleanValue()).isFalse();
    assertThat(joined.get("group").get("groupId").asLong()).isEqualTo(room.key().roomId());
    assertThat(other.enter(cem, code).get("groupId").asLong()).isEqualTo(room.key().roomId());
    assertThat(other.membersOfTheOneGroup(code)).containsExactlyInAnyOrder(ann, bob);
    assertThat(other.confirm(ann, code).get("created").booleanValue()).isTrue();
  }

  @Test
  void redisForgetsThatTheGroupIsMade() {
    killed.enter(ann, code);
    killed.confirm(ann, code);
    Room room = Objects.requireNonNull(killed.rooms.waiting(ann, code));
    killed.redis.sync().hdel(room.key().redisKey(), "group");

    assertMeetsInOneGroup();
  }

  @Test
  void redisForgetsTheRoom() {
    killed.enter(ann, code);
    killed.redis.sync().flushdb();

    assertThat(other.refused(ann, "face.confirm", FaceService.code(code)))
        .isEqualTo("code_expired");
    assertThat(other.query("SELECT group_id FROM random_code WHERE code = '" + code + "'"))
        .isEmpty();
    assertThat(waiting(other.enter(ann, code))).containsExactly(ann);
  }

  /// Ann's `face.confirm`, as far as the commit.
  private Room makeGroup() {
    killed.enter(ann, code);
    Room room = Objects.requireNonNull(killed.rooms.waiting(ann, code));
    assertThat(killed.meetings.make(room, ann, null).toCompletableFuture().join())
        .isInstanceOf(Reply.Success.class);
    return room;
  }

  private void assertMeetsInOneGroup() {
    JsonNode again = other.confirm(ann, code);
    assertThat(again.get("created").booleanValue()).isTrue();
    other.enter(bob, code);
    assertThat(other.confirm(bob, code).get("group").get("groupId"))
        .isEqualTo(again.get("group").get("groupId"));
    assertThat(killed.enter(cem, code).get("groupId")).isEqualTo(again.get("group").get("groupId"));
    assertThat(other.membersOfTheOneGroup(code)).containsExactlyInAnyOrder(ann, bob);
  }
}

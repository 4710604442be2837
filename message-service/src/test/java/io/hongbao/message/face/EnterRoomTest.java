package io.hongbao.message.face;

import static io.hongbao.message.face.EnterRoom.Result.ENTERED;
import static io.hongbao.message.face.EnterRoom.Result.FULL;
import static io.hongbao.message.face.EnterRoom.Result.OVERTAKEN;
import static io.hongbao.message.face.EnterRoom.Result.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.redis.Redis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.face.EnterRoom.Entered;
import io.hongbao.message.face.FindRoom.Found;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class EnterRoomTest {

  private static final long OVER = 1_800_000_180_000L;
  private static final long KEEP_MS = 240_000;
  private static final RoomKey ROOM = new RoomKey("1234", 912_155_814_561_583_104L);
  private static final long ANN = 912_155_814_561_583_001L;
  private static final long BOB = 912_155_814_561_583_002L;
  private static final long CEM = 3;

  private final Redis redis;
  private final EnterRoom enter;
  private final LeaveRoom leave;

  EnterRoomTest(TestServices services) {
    this.redis = TestRedis.open(services.redisUrl());
    this.enter = new EnterRoom(redis);
    this.leave = new LeaveRoom(redis);
  }

  @BeforeEach
  void forget() {
    redis.sync().flushdb();
  }

  @AfterAll
  void close() {
    redis.close();
  }

  @Test
  void letsPeopleInInTheOrderInWhichTheyCame() {
    assertThat(enter(BOB, 10)).isEqualTo(answer(ENTERED, 1, BOB));
    assertThat(enter(ANN, 11)).isEqualTo(answer(ENTERED, 2, BOB, ANN));
    assertThat(enter(CEM, 12)).isEqualTo(answer(ENTERED, 3, BOB, ANN, CEM));
  }

  @Test
  void theSameRequestAgainIsAnsweredTheSame() {
    enter(BOB, 10);
    Entered first = enter(ANN, 11);
    Map<String, String> stored = redis.sync().hgetall(ROOM.redisKey());

    assertThat(enter(ANN, 11)).isEqualTo(first);
    assertThat(redis.sync().hgetall(ROOM.redisKey())).isEqualTo(stored);
  }

  @Test
  void whoIsInStaysInTheirPlace() {
    enter(ANN, 10);
    enter(BOB, 11);
    Entered again = enter(ANN, 12);

    assertThat(again).isEqualTo(answer(WAITING, 2, ANN, BOB));
    assertThat(enter(ANN, 12)).isEqualTo(again);
  }

  @Test
  void anEarlierRequestThatComesLateChangesNothing() {
    enter(ANN, 12);
    Map<String, String> stored = redis.sync().hgetall(ROOM.redisKey());

    assertThat(enter(ANN, 10)).isEqualTo(answer(WAITING, 1, ANN));
    assertThat(redis.sync().hgetall(ROOM.redisKey())).isEqualTo(stored);
  }

  @Test
  void whoHasLeftStaysOutAsFarAsEarlierRequestsGo() {
    enter(ANN, 10);
    enter(BOB, 11);
    leave.run(ROOM, ANN, new Generation(20, 0), KEEP_MS);

    assertThat(enter(ANN, 10)).isEqualTo(answer(OVERTAKEN, 3, BOB));
    assertThat(enter(ANN, 19)).isEqualTo(answer(OVERTAKEN, 3, BOB));
    assertThat(enter(ANN, 21)).isEqualTo(answer(ENTERED, 4, BOB, ANN));
  }

  @Test
  void ofTwoThatKnewNothingOfEachOtherTheLaterIsLetIn() {
    enter(ANN, 10);
    leave.run(ROOM, ANN, new Generation(20, 1), KEEP_MS);

    var found = new Found(ROOM, OVER);
    var later = new Generation(20, 2);
    assertThat(enter.run(found, ANN, later, KEEP_MS, Rooms.PEOPLE_MAX).result()).isEqualTo(ENTERED);
  }

  @Test
  void keepsTwoWhoCameAtTheSameTime() {
    var found = new Found(ROOM, OVER);
    enter.run(found, ANN, new Generation(20, 1), KEEP_MS, Rooms.PEOPLE_MAX);
    Entered both = enter.run(found, BOB, new Generation(20, 2), KEEP_MS, Rooms.PEOPLE_MAX);
    assertThat(both).isEqualTo(answer(ENTERED, 2, ANN, BOB));
  }

  @Test
  void whoWasLetOutBeforeTheyCameStaysOut() {
    leave.run(ROOM, ANN, new Generation(20, 0), KEEP_MS);

    assertThat(enter(ANN, 19)).isEqualTo(new Entered(OVERTAKEN, null));
    assertThat(enter(BOB, 15)).isEqualTo(answer(ENTERED, 1, BOB));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void takesNobodyMoreThanItKnows(boolean hasGroup) {
    assertThat(enter(ANN, 10, 2).result()).isEqualTo(ENTERED);
    assertThat(enter(BOB, 11, 2).result()).isEqualTo(ENTERED);
    leave.run(ROOM, BOB, new Generation(12, 0), KEEP_MS);
    if (hasGroup) {
      new MarkGroup(redis).run(ROOM);
    }
    Map<String, String> stored = redis.sync().hgetall(ROOM.redisKey());

    Entered full = enter(CEM, 13, 2);
    assertThat(full).isEqualTo(new Entered(FULL, Room.of(ROOM, stored)));
    assertThat(enter(CEM, 13, 2)).isEqualTo(full);
    assertThat(redis.sync().hgetall(ROOM.redisKey())).isEqualTo(stored);
    assertThat(enter(ANN, 15, 2).result()).isEqualTo(WAITING);
    assertThat(enter(BOB, 16, 2).result()).isEqualTo(ENTERED);
    assertThat(enter(CEM, 17, 3).result()).isEqualTo(ENTERED);
  }

  @Test
  void countsAlsoWhoWasLetOutBeforeAnybodyCame() {
    leave.run(ROOM, ANN, new Generation(20, 0), KEEP_MS);
    assertThat(enter(BOB, 10, 1)).isEqualTo(new Entered(FULL, null));
    assertThat(enter(BOB, 10, 2).result()).isEqualTo(ENTERED);
  }

  @Test
  void generationsAreComparedInFull() {
    long generation = 912_155_814_561_583_104L;
    enter(ANN, generation);
    leave.run(ROOM, ANN, new Generation(generation + 2, 0), KEEP_MS);

    assertThat(enter(ANN, generation + 1).result()).isEqualTo(OVERTAKEN);
    assertThat(enter(ANN, generation + 3).result()).isEqualTo(ENTERED);
  }

  @Test
  void aRoomIsOneKeyThatGoesByItself() {
    enter(ANN, 10);
    enter(BOB, 11);
    assertThat(redis.sync().keys("*")).containsExactly("face:{1234}:room:" + ROOM.roomId());
    assertThat(redis.sync().pttl(ROOM.redisKey())).isBetween(KEEP_MS - 10_000, KEEP_MS);
  }

  private Entered enter(long userId, long generation) {
    return enter(userId, generation, Rooms.PEOPLE_MAX);
  }

  private Entered enter(long userId, long generation, int peopleMax) {
    return enter.run(
        new Found(ROOM, OVER), userId, new Generation(generation, 0), KEEP_MS, peopleMax);
  }

  private static Entered answer(EnterRoom.Result result, long version, Long... waiting) {
    return new Entered(result, new Room(ROOM, OVER, version, false, List.of(waiting)));
  }
}

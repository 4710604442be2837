package io.hongbao.message.face;

import static io.hongbao.message.face.LeaveRoom.Result.ABSENT;
import static io.hongbao.message.face.LeaveRoom.Result.LEFT;
import static io.hongbao.message.face.LeaveRoom.Result.STAYED;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.redis.Redis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.face.FindRoom.Found;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class LeaveRoomTest {

  private static final long KEEP_MS = 240_000;
  private static final RoomKey ROOM = new RoomKey("1234", 7);
  private static final long ANN = 1;
  private static final long BOB = 2;

  private final Redis redis;
  private final EnterRoom enter;
  private final LeaveRoom leave;

  LeaveRoomTest(TestServices services) {
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
  void letsOutWhoIsInAndNobodyElse() {
    enter(ANN, 10);
    enter(BOB, 11);

    assertThat(leave(ANN, 12)).isEqualTo(LEFT);
    assertThat(room().waiting()).containsExactly(BOB);
    assertThat(room().version()).isEqualTo(3);
  }

  @Test
  void theSameRequestAgainIsAnsweredTheSame() {
    enter(ANN, 10);
    assertThat(leave(ANN, 12)).isEqualTo(LEFT);
    assertThat(leave(BOB, 13)).isEqualTo(ABSENT);
    Map<String, String> stored = redis.sync().hgetall(ROOM.redisKey());

    assertThat(leave(ANN, 12)).isEqualTo(LEFT);
    assertThat(leave(BOB, 13)).isEqualTo(ABSENT);
    assertThat(redis.sync().hgetall(ROOM.redisKey())).isEqualTo(stored);
  }

  @Test
  void whoHasLeftBeforeIsAbsent() {
    enter(ANN, 10);
    leave(ANN, 12);

    assertThat(leave(ANN, 13)).isEqualTo(ABSENT);
    assertThat(leave(ANN, 13)).isEqualTo(ABSENT);
    assertThat(room().version()).isEqualTo(2);
  }

  @Test
  void aLaterRequestStands() {
    enter(ANN, 10);
    assertThat(leave(ANN, 9)).isEqualTo(STAYED);
    assertThat(leave(ANN, 9)).isEqualTo(STAYED);
    assertThat(room().waiting()).containsExactly(ANN);

    leave(ANN, 12);
    assertThat(leave(ANN, 11)).isEqualTo(STAYED);
  }

  @Test
  void aRoomThatIsNotThereGoesByItself() {
    assertThat(leave(ANN, 12)).isEqualTo(ABSENT);
    assertThat(Room.of(ROOM, redis.sync().hgetall(ROOM.redisKey()))).isNull();
    assertThat(redis.sync().pttl(ROOM.redisKey())).isBetween(KEEP_MS - 10_000, KEEP_MS);
  }

  @Test
  void keepsTheLifeOfARoomThatIsThere() {
    enter(ANN, 10);
    redis.sync().pexpire(ROOM.redisKey(), 5_000);
    leave(ANN, 12);
    leave(BOB, 13);
    assertThat(redis.sync().pttl(ROOM.redisKey())).isBetween(1L, 5_000L);
  }

  private void enter(long userId, long generation) {
    var found = new Found(ROOM, 1_800_000_180_000L);
    enter.run(found, userId, new Generation(generation, 0), KEEP_MS, Rooms.PEOPLE_MAX);
  }

  private LeaveRoom.Result leave(long userId, long generation) {
    return leave.run(ROOM, userId, new Generation(generation, 0), KEEP_MS);
  }

  private Room room() {
    Room room = Room.of(ROOM, redis.sync().hgetall(ROOM.redisKey()));
    assertThat(room).isNotNull();
    return Objects.requireNonNull(room);
  }
}

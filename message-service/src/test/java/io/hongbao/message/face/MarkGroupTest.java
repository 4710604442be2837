package io.hongbao.message.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.redis.Redis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.face.FindRoom.Found;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class MarkGroupTest {

  private static final RoomKey ROOM = new RoomKey("1234", 7);
  private static final long OVER = 1_800_000_180_000L;
  private static final long KEEP_MS = 240_000;

  private final Redis redis;
  private final MarkGroup script;

  MarkGroupTest(TestServices services) {
    this.redis = TestRedis.open(services.redisUrl());
    this.script = new MarkGroup(redis);
  }

  @AfterEach
  void forget() {
    redis.sync().flushdb();
    redis.close();
  }

  @Test
  void notesOnceThatTheGroupIsMade() {
    new EnterRoom(redis).run(new Found(ROOM, OVER), 1, new Generation(10, 0), KEEP_MS, 10);

    script.run(ROOM);
    script.run(ROOM);

    Room room = Room.of(ROOM, redis.sync().hgetall(ROOM.redisKey()));
    assertThat(room).isEqualTo(new Room(ROOM, OVER, 2, true, List.of(1L)));
  }

  @Test
  void makesNoRoomOfOneThatIsGone() {
    script.run(ROOM);
    assertThat(redis.sync().exists(ROOM.redisKey())).isZero();
    new LeaveRoom(redis).run(ROOM, 1, new Generation(10, 0), KEEP_MS);
    script.run(ROOM);
    assertThat(Room.of(ROOM, redis.sync().hgetall(ROOM.redisKey()))).isNull();
  }
}

package io.hongbao.message.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.redis.Redis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.face.FindRoom.Found;
import io.lettuce.core.cluster.SlotHash;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class FindRoomTest {

  private static final long NOW = 1_800_000_000_000L;
  private static final long TTL_MS = 180_000;
  private static final long KEEP_MS = 240_000;

  /// A degree of latitude, and at the equator one of longitude.
  private static final double METRES_A_DEGREE = 111_226;

  private static final Place SHANGHAI = new Place(31.2304, 121.4737);

  private final Redis redis;
  private final FindRoom script;

  FindRoomTest(TestServices services) {
    this.redis = TestRedis.open(services.redisUrl());
    this.script = new FindRoom(redis);
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
  void opensARoomWhereThereIsNone() {
    assertThat(find(1, SHANGHAI)).isEqualTo(opened(1));
    assertThat(find(2, null)).isEqualTo(opened(2));
  }

  @Test
  void answersTheSameWhenRunTwice() {
    assertThat(find(1, SHANGHAI)).isEqualTo(find(1, SHANGHAI));
    assertThat(find(2, null)).isEqualTo(find(2, null));
    assertThat(redis.sync().zcard("face:{1234}:ends")).isEqualTo(2);
    assertThat(redis.sync().zcard("face:{1234}:places")).isEqualTo(1);
  }

  @Test
  void findsTheRoomThatIsOpenAndItsEnd() {
    find(1, SHANGHAI);
    find(2, null);

    assertThat(find(NOW + 1_000, 3, null, SHANGHAI)).isEqualTo(opened(1));
    assertThat(find(NOW + 1_000, 4, null, null)).isEqualTo(opened(2));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "10, true", "48, true", "52, false", "100, false", "5000, false"})
  void isTheSameRoomWithinFiftyMetres(double metres, boolean same) {
    find(1, SHANGHAI);
    assertThat(find(2, north(SHANGHAI, metres))).isEqualTo(opened(same ? 1 : 2));
  }

  @Test
  void measuresFromTheFirstEntrantAlone() {
    find(1, SHANGHAI);
    assertThat(find(2, north(SHANGHAI, 45))).isEqualTo(opened(1));
    assertThat(find(3, north(SHANGHAI, 90))).isEqualTo(opened(3));
  }

  @Test
  void takesTheNearestOfSeveral() {
    find(1, SHANGHAI);
    find(2, north(SHANGHAI, 70));

    assertThat(find(3, north(SHANGHAI, 30))).isEqualTo(opened(1));
    assertThat(find(4, north(SHANGHAI, 40))).isEqualTo(opened(2));
  }

  @Test
  void prefersTheRoomThatTheyWaitInWhereThatIsNearEnough() {
    find(1, SHANGHAI);
    find(2, north(SHANGHAI, 70));
    var first = new RoomKey("1234", 1);

    assertThat(find(NOW, 3, first, north(SHANGHAI, 40))).isEqualTo(opened(1));
    assertThat(find(NOW, 3, first, north(SHANGHAI, 60))).isEqualTo(opened(2));
    assertThat(find(NOW, 3, first, null)).isEqualTo(opened(3));
  }

  @Test
  void keepsThoseWithAPlaceFromThoseWithout() {
    find(1, null);
    assertThat(find(2, SHANGHAI)).isEqualTo(opened(2));
    assertThat(find(3, null)).isEqualTo(opened(1));
  }

  @Test
  void keepsCodesApart() {
    find(1, SHANGHAI);
    var fresh = new Found(new RoomKey("4321", 2), NOW + TTL_MS);
    assertThat(script.run(NOW, fresh, KEEP_MS, null, SHANGHAI)).isEqualTo(fresh);
  }

  @Test
  void opensANewOneFromTheEndOn() {
    find(1, SHANGHAI);
    find(2, null);
    long lastMoment = NOW + TTL_MS - 1;
    assertThat(find(lastMoment, 3, null, SHANGHAI)).isEqualTo(opened(1));
    assertThat(find(lastMoment, 3, null, null)).isEqualTo(opened(2));

    long end = NOW + TTL_MS;
    assertThat(find(end, 4, new RoomKey("1234", 1), SHANGHAI))
        .isEqualTo(new Found(key(4), end + TTL_MS));
    assertThat(find(end, 5, new RoomKey("1234", 2), null))
        .isEqualTo(new Found(key(5), end + TTL_MS));
  }

  @Test
  void sweepsOutWhatIsOverALittleAtATime() {
    int rooms = FindRoom.SWEPT_MAX + 5;
    for (int i = 0; i < rooms; i++) {
      find(i + 1, north(SHANGHAI, i * 200));
    }
    long later = NOW + TTL_MS + 1;

    find(later, 100, null, SHANGHAI);
    assertThat(redis.sync().zcard("face:{1234}:places")).isEqualTo(5 + 1);
    find(later, 101, null, SHANGHAI);
    assertThat(redis.sync().zrange("face:{1234}:places", 0, -1)).containsExactly("100");
    assertThat(redis.sync().zrange("face:{1234}:ends", 0, -1)).containsExactly("100");
  }

  @Test
  void takesARoomWhoseEndIsLostForOver() {
    find(1, SHANGHAI);
    find(2, null);
    redis.sync().del("face:{1234}:ends");

    assertThat(find(3, SHANGHAI)).isEqualTo(opened(3));
    assertThat(find(4, null)).isEqualTo(opened(4));
  }

  @ParameterizedTest
  @CsvSource({
    // across the antimeridian, 22 m
    "0, 179.9999, 0, -179.9999, true",
    // the same, 220 m
    "0, 179.999, 0, -179.999, false",
    // across the equator and the prime meridian
    "0.0001, 0.0001, -0.0001, -0.0001, true",
    // at the poles
    "90, 10, 89, 10, true",
    "-90, 10, -90, 10, true",
    "90, 10, -90, 10, false",
    // in Fiji and in Chukotka
    "-16.8, 179.9999, -16.8, -179.9999, true",
    "68, 179.9998, 68, -179.9998, true",
    "0, 180, 0, -180, true",
    "-16.8, 180, -16.8, -180, true",
    "80, 180, 80, -180, true",
    "-16.8, 180, -16.8, 179.9999, true",
    "90, 180, 89, -180, true",
  })
  void knowsThatTheEarthIsRound(
      double latitude,
      double longitude,
      double otherLatitude,
      double otherLongitude,
      boolean same) {
    find(1, new Place(latitude, longitude));
    assertThat(find(2, new Place(otherLatitude, otherLongitude))).isEqualTo(opened(same ? 1 : 2));
  }

  @Test
  void whatItKeepsGoesByItself() {
    find(1, SHANGHAI);
    find(2, null);
    assertThat(redis.sync().keys("*")).containsExactlyInAnyOrderElementsOf(FindRoom.keys("1234"));
    for (String key : FindRoom.keys("1234")) {
      assertThat(redis.sync().pttl(key)).isBetween(TTL_MS, KEEP_MS);
    }
  }

  @Test
  void aRoomThatOpensNeverShortensTheLifeOfAnother() {
    find(1, SHANGHAI);
    var fresh = new Found(key(2), NOW + 1_000);
    script.run(NOW, fresh, 2_000, null, north(SHANGHAI, 100));
    assertThat(redis.sync().pttl("face:{1234}:ends")).isGreaterThan(TTL_MS);
  }

  @Test
  void allKeysOfACodeLieInOneSlot() {
    for (String code : Set.of("0000", "1234", "9999")) {
      Set<Integer> slots = new HashSet<>();
      FindRoom.keys(code).forEach(key -> slots.add(SlotHash.getSlot(key)));
      slots.add(SlotHash.getSlot(new RoomKey(code, 77).redisKey()));
      assertThat(slots).hasSize(1);
    }
  }

  private Found find(long room, @Nullable Place place) {
    return find(NOW, room, null, place);
  }

  private Found find(long now, long room, @Nullable RoomKey held, @Nullable Place place) {
    return script.run(now, new Found(key(room), now + TTL_MS), KEEP_MS, held, place);
  }

  private static Found opened(long room) {
    return new Found(key(room), NOW + TTL_MS);
  }

  private static RoomKey key(long room) {
    return new RoomKey("1234", room);
  }

  private static Place north(Place place, double metres) {
    return new Place(place.latitude() + metres / METRES_A_DEGREE, place.longitude());
  }
}

package io.hongbao.message.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.redis.Redis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `claim_room.lua` and `release_room.lua`.
@ExtendWith(EmbeddedServices.class)
final class ClaimsTest {

  private static final long ANN = 912_155_814_561_583_001L;
  private static final long KEEP_MS = 240_000;
  private static final RoomKey FIRST = new RoomKey("1234", 7);
  private static final RoomKey SECOND = new RoomKey("1234", 8);

  private final Redis redis;
  private final ClaimRoom claim;
  private final ReleaseRoom release;

  ClaimsTest(TestServices services) {
    this.redis = TestRedis.open(services.redisUrl());
    this.claim = new ClaimRoom(redis);
    this.release = new ReleaseRoom(redis);
  }

  @AfterEach
  void forget() {
    redis.sync().flushdb();
    redis.close();
  }

  @Test
  void aClaimAnswersWithAllOfThem() {
    assertThat(claim(FIRST, 10)).isEqualTo(claims(10, held(FIRST, 10)));
    assertThat(claim(SECOND, 11)).isEqualTo(claims(11, held(SECOND, 11), held(FIRST, 10)));
    assertThat(claim(SECOND, 11)).isEqualTo(claims(11, held(SECOND, 11), held(FIRST, 10)));
  }

  @Test
  void theLastClaimOnARoomCounts() {
    claim(FIRST, 10);
    assertThat(claim(FIRST, 12)).isEqualTo(claims(12, held(FIRST, 12)));
    assertThat(claim(FIRST, 11)).isEqualTo(claims(12, held(FIRST, 12)));
  }

  @Test
  void aReleaseForgetsWhatWasClaimedUpToIt() {
    claim(FIRST, 10);
    claim(SECOND, 11);

    release.run(FIRST, ANN, new Generation(10, 0));
    release.run(FIRST, ANN, new Generation(10, 0));
    assertThat(claim(SECOND, 11)).isEqualTo(claims(11, held(SECOND, 11)));
  }

  @Test
  void aReleaseLeavesALaterClaim() {
    claim(FIRST, 12);
    release.run(FIRST, ANN, new Generation(11, 0));
    release.run(FIRST, ANN, new Generation(11, 0));
    assertThat(claim(FIRST, 12)).isEqualTo(claims(12, held(FIRST, 12)));
  }

  @Test
  void whatWasTheLastIsKnownAfterTheRelease() {
    claim(FIRST, 10);
    release.run(FIRST, ANN, new Generation(13, 0));

    assertThat(claim(SECOND, 12)).isEqualTo(claims(13, held(SECOND, 12)));
    assertThat(claim(SECOND, 12).next(5)).isEqualTo(new Generation(14, 5));
    assertThat(claim(SECOND, 12).next(20)).isEqualTo(new Generation(20, 20));
  }

  @Test
  void whoHasNoClaimsGetsNoneByARelease() {
    release.run(FIRST, ANN, new Generation(13, 0));
    assertThat(redis.sync().keys("*")).isEmpty();
  }

  @Test
  void twoThatKnewNothingOfEachOtherHaveAnOrder() {
    var later = new Claim(SECOND, new Generation(10, 1));
    assertThat(later).isGreaterThan(held(FIRST, 10)).isLessThan(held(FIRST, 11));
    assertThat(Generation.parse(later.generation().text())).isEqualTo(later.generation());
  }

  @Test
  void claimsAreOneKeyAUserThatGoesByItself() {
    claim(FIRST, 10);
    assertThat(redis.sync().keys("*")).containsExactly("face:user:{" + ANN + "}");
    assertThat(redis.sync().pttl(Claims.redisKey(ANN))).isBetween(KEEP_MS - 10_000, KEEP_MS);
    assertThat(SlotHash.getSlot(Claims.redisKey(ANN))).isEqualTo(SlotHash.getSlot("" + ANN));
  }

  private Claims claim(RoomKey room, long generation) {
    return claim.run(room, ANN, new Generation(generation, 0), KEEP_MS);
  }

  private static Claims claims(long last, Claim... held) {
    return new Claims(List.of(held), new Generation(last, 0));
  }

  private static Claim held(RoomKey room, long generation) {
    return new Claim(room, new Generation(generation, 0));
  }
}

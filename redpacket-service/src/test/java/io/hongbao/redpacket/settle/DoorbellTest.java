package io.hongbao.redpacket.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.redis.Redis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class DoorbellTest {

  /// Redis drops whole nodes of a stream, of 100 entries each.
  private static final int NODE_ENTRIES = 100;

  private static final String FILL =
      "for i = 1, ARGV[1] do redis.call('XADD', KEYS[1], '*', 'packetId', i) end";

  @Test
  void keepsTheLastRingsWhereNobodyListens(TestServices services) {
    try (var redis = Redis.open(services.redisUrl());
        var bell = new Doorbell(redis, "test")) {
      assertThat(bell.listen(Duration.ofMillis(1))).isEmpty();
      long last = Doorbell.RINGS_MAX + 1_000;
      String[] stream = {Doorbell.STREAM};
      redis.sync().eval(FILL, ScriptOutputType.STATUS, stream, Long.toString(last - 1));
      bell.ring(last);

      await().until(() -> redis.sync().xlen(Doorbell.STREAM) < last - 1);
      long kept = redis.sync().xlen(Doorbell.STREAM);
      assertThat(kept).isBetween(Doorbell.RINGS_MAX, Doorbell.RINGS_MAX + NODE_ENTRIES);
      assertThat(bell.listen(Duration.ofMillis(1)).getFirst()).isEqualTo(last - kept + 1);
    }
  }
}

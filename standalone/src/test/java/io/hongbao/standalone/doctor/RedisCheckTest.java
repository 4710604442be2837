package io.hongbao.standalone.doctor;

import static io.hongbao.standalone.doctor.Finding.Level.OK;
import static io.hongbao.standalone.doctor.Finding.Level.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.config.Settings;
import io.hongbao.common.redis.Redis;
import io.hongbao.embedded.EmbeddedRedis;
import io.hongbao.embedded.EmbeddedRedisCluster;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
final class RedisCheckTest {

  @Test
  void findsNothingWrongWithTheTestsServer(TestServices services) {
    assertThat(look(services.redisUrl())).extracting(Finding::level).hasSize(5).containsOnly(OK);
  }

  @Test
  void findsAWrongPassword(TestServices services) {
    assertThat(look(services.redisUrl().replaceFirst(":[^@/]+@", ":wrong@")))
        .singleElement()
        .matches(Finding::isFailure)
        .asString()
        .contains("WRONGPASS", "redis.url");
  }

  @Test
  void findsThatItForgetsFillsUpAndRefuses(TestServices services) {
    try (var redis = Redis.open(services.privateRedis().url())) {
      redis.sync().configSet("appendonly", "no");
      redis.sync().configSet("maxmemory-policy", "noeviction");
      assertThat(warnings(services)).anyMatch(says -> says.contains("appendonly yes"));
      assertThat(warnings(services)).anyMatch(says -> says.contains("policy is noeviction"));

      redis.sync().configSet("maxmemory", "0");
      assertThat(warnings(services)).anyMatch(says -> says.contains("all memory"));
    }
  }

  @Test
  void findsAReplica(TestServices services) {
    try (var redis = Redis.open(services.privateRedis().url())) {
      redis.sync().replicaof("127.0.0.1", 1);
      assertThat(look(services.privateRedis().url()))
          .filteredOn(Finding::isFailure)
          .singleElement()
          .asString()
          .contains("replica");
      redis.sync().replicaofNoOne();
    }
  }

  @Test
  void looksAtEveryMasterOfACluster(TestServices services) {
    EmbeddedRedisCluster cluster = services.privateRedisCluster();
    assertThat(look(cluster.url())).extracting(Finding::level).hasSize(15).containsOnly(OK);
    try (var redis = Redis.open(cluster.url())) {
      for (Redis.Master master : redis.masters()) {
        master.sync().get().configSet("maxmemory", "0");
        assertThat(look(cluster.url()))
            .filteredOn(finding -> finding.level() == WARNING)
            .singleElement()
            .asString()
            .contains(master.address() + ": it may take all memory");
        master.sync().get().configSet("maxmemory", "512mb");
      }
    }

    EmbeddedRedis gone = cluster.master("a key");
    gone.stop();
    assertThat(look(cluster.url()))
        .hasSize(11)
        .filteredOn(Finding::isFailure)
        .singleElement()
        .asString()
        .contains("127.0.0.1:" + gone.port() + ": cannot be used");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:se cret@127.0.0.1:6379",
        "redis://:se#cret@127.0.0.1:6379",
        "redis://:se/cret@127.0.0.1:6379",
        "redis-cluster://:se?cret@127.0.0.1:6379,127.0.0.1:6380"
      })
  void saysNothingOfThePasswordInAUrlThatIsNone(String url) {
    assertThat(look(url))
        .singleElement()
        .matches(Finding::isFailure)
        .asString()
        .contains("must be redis://")
        .doesNotContain(":se")
        .doesNotContain("cret");
  }

  @Test
  void findsAClockThatIsWrong(TestServices services) {
    Clock behind = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-10));
    Settings settings = Settings.of(Map.of("redis.url", services.redisUrl()));
    assertThat(RedisCheck.of(settings, behind))
        .filteredOn(finding -> finding.level() == WARNING)
        .singleElement()
        .asString()
        .contains("clock");
  }

  private static List<String> warnings(TestServices services) {
    return look(services.privateRedis().url()).stream()
        .filter(finding -> finding.level() == WARNING)
        .map(Finding::says)
        .toList();
  }

  private static List<Finding> look(String url) {
    return RedisCheck.of(Settings.of(Map.of("redis.url", url)), Clock.systemUTC());
  }
}

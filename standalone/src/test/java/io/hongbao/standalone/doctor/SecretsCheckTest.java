package io.hongbao.standalone.doctor;

import static io.hongbao.standalone.doctor.Finding.Level.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.config.Settings;
import io.hongbao.standalone.doctor.Finding.Level;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecretsCheckTest {

  private static final Map<String, String> SOUND =
      Map.of(
          "hook.url", "https://push.example.org/hongbao",
          "hook.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
          "auth.token-secret", "0123456789abcdef0123456789abcdef",
          "cluster.secret", "fedcba9876543210fedcba9876543210",
          "cluster.message", "message:9090",
          "mysql.url", "jdbc:mysql://mysql/hongbao",
          "mysql.password", "8d2f6a1b9c4e7035",
          "redis.url", "redis://:47b1c9e2d0f8a635@redis:6379/0",
          "s3.url", "http://minio:9000",
          "s3.secret-key", "c1d2e3f405162738");

  @Test
  void findsNothingWrongWithGoodOnes() {
    assertThat(SecretsCheck.of(Settings.of(SOUND)))
        .singleElement()
        .matches(finding -> finding.level() == OK)
        .asString()
        .contains("6 are given");
  }

  @ParameterizedTest
  @CsvSource({
    "auth.token-secret, '', FAILURE, is not given",
    "auth.token-secret, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, FAILURE, easy to guess",
    "auth.token-secret, fedcba9876543210fedcba9876543210, FAILURE, is the same as",
    "cluster.secret, '', WARNING, taken for a node",
    "mysql.password, '', FAILURE, is not given",
    "mysql.password, hongbao, FAILURE, easy to guess",
    "redis.url, redis://redis:6379/0, WARNING, has no password",
    "redis.url, redis://:redis@redis:6379/0, FAILURE, easy to guess",
    "redis.url, 'redis-cluster://redis-a:6379,redis-b:6379', WARNING, has no password",
    "redis.url, 'redis-cluster://:redis@redis-a:6379,redis-b:6379', FAILURE, easy to guess",
    "hook.secret, '', FAILURE, is not given",
    "hook.secret, whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, FAILURE, easy to guess",
    "s3.secret-key, minioadmin, FAILURE, easy to guess",
  })
  void findsOneThatIsWrong(String name, String value, Level level, String says) {
    var settings = new HashMap<>(SOUND);
    settings.put(name, value);
    assertThat(SecretsCheck.of(Settings.of(settings)))
        .singleElement()
        .matches(finding -> finding.level() == level)
        .asString()
        .contains(says)
        .doesNotContain("fedcba");
  }
}

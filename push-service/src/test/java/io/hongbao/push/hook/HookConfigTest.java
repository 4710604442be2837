package io.hongbao.push.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookConfigTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void thereIsNoneByDefault() {
    assertThat(HookConfig.of(Settings.of(Map.of()))).isNull();
  }

  @Test
  void takesAUrlAndASecretOfStandardWebhooks() {
    HookConfig config = of("https://push.example.org/hook?a=b", SECRET);

    assertThat(config.url()).hasToString("https://push.example.org/hook?a=b");
    assertThat(config.secret()).hasSize(24);
    assertThat(config.delay()).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://push.example.org, hook.url",
    "push.example.org, hook.url",
    "http:///nowhere, hook.url",
    "http://a b, hook.url"
  })
  void refusesWhatIsNoUrl(String url, String setting) {
    assertThatThrownBy(() -> of(url, SECRET))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(setting);
  }

  @ParameterizedTest
  @CsvSource({"''", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAAA", "whsec_not-base64"})
  void refusesWhatIsNoSecret(String secret) {
    assertThatThrownBy(() -> of("http://push.example.org", secret))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("hook.secret")
        .hasMessageNotContaining("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  }

  private static HookConfig of(String url, String secret) {
    return Objects.requireNonNull(
        HookConfig.of(Settings.of(Map.of("hook.url", url, "hook.secret", secret))));
  }
}

package io.hongbao.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {

  /// Every name with its default, as users know them. Who changes a line here breaks somebody's
  /// configuration.
  private static final String NAMES_AND_DEFAULTS =
      """
      port = 8080
      data = data
      bind = 0.0.0.0
      management.port = -1
      management.bind = 127.0.0.1
      tls.certificate =
      tls.key =
      gateway.origins =
      gateway.event-loops = 0
      gateway.frame-bytes = 65536
      gateway.connections-max = 1000000
      gateway.write-buffer-bytes = 262144
      gateway.slow-timeout = PT20S
      gateway.drain-time = PT0.5S
      gateway.leave-time = PT2S
      session.open-timeout = PT5S
      session.heartbeat = PT30S
      session.requests-per-second = 100
      session.requests-burst = 500
      session.requests-in-flight = 256
      limits.address-per-minute = 1000
      auth.token-ttl = P7D
      auth.token-secret =
      auth.password-hash = argon2id:m=19456,t=2,p=1
      group.max-members = 500
      face.ttl = PT3M
      message.recall-window = PT2M
      message.edit-window = PT15M
      message.lanes = 0
      redpacket.expiry = PT24H
      redpacket.split = preset
      redpacket.strategy = double-average
      redpacket.share-fen-max = 40000
      redpacket.connections = 8
      redpacket.reconcile-every = PT1M
      media.image-bytes = 20971520
      media.audio-bytes = 20971520
      media.video-bytes = 209715200
      media.file-bytes = 209715200
      media.quota-mebibytes = 10240
      media.url-ttl = PT1H
      media.upload-ttl = P1D
      media.connections = 4
      hook.url =
      hook.secret =
      hook.delay = PT2S
      node = -1
      mysql.url =
      mysql.user =
      mysql.password =
      mysql.connections = 16
      redis.url =
      s3.url =
      s3.public-url =
      s3.bucket = hongbao
      s3.region = us-east-1
      s3.port = 0
      s3.bind = 127.0.0.1
      s3.access-key =
      s3.secret-key =
      cluster.bind = 127.0.0.1
      cluster.port = 9090
      cluster.message =
      cluster.push =
      cluster.redpacket =
      cluster.media =
      cluster.secret =
      cluster.tls-certificate =
      cluster.tls-key =
      cluster.tls-ca =
      doctor.gateways =
      """;

  @Test
  void namesAndDefaultsStay() {
    String actual =
        Settings.ALL.stream()
            .map(setting -> (setting.name() + " = " + setting.defaultText()).strip() + "\n")
            .collect(Collectors.joining());
    assertThat(actual).isEqualTo(NAMES_AND_DEFAULTS);
  }

  @Test
  void everyDefaultIsARightValue() {
    Settings defaults = Settings.of(Map.of());
    assertThat(Settings.ALL).allSatisfy(setting -> assertThat(defaults.get(setting)).isNotNull());
    assertThat(defaults.get(Settings.PORT)).isEqualTo(8080);
    assertThat(defaults.get(Settings.DATA)).isEqualTo(Path.of("data"));
    assertThat(defaults.get(Settings.RECALL_WINDOW)).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void everyMeaningIsASentence() {
    assertThat(Settings.ALL).allSatisfy(setting -> assertThat(setting.meaning()).endsWith("."));
  }

  @ParameterizedTest
  @CsvSource({
    "port, HONGBAO_PORT",
    "session.requests-per-second, HONGBAO_SESSION_REQUESTS_PER_SECOND",
    "auth.token-ttl, HONGBAO_AUTH_TOKEN_TTL",
  })
  void theEnvironmentHasItsOwnForm(String name, String variable) {
    assertThat(setting(name).environmentName()).isEqualTo(variable);
  }

  @Test
  void aFlagBeatsTheEnvironmentBeatsTheFileBeatsTheDefault() {
    var file = new Properties();
    file.setProperty("port", "1");
    file.setProperty("node", "1");
    file.setProperty("message.lanes", "1");
    Settings settings =
        Settings.of(
            Map.of("port", "3"),
            Map.of("HONGBAO_PORT", "2", "HONGBAO_NODE", "2", "HOME", "/"),
            file);
    assertThat(settings.get(Settings.PORT)).isEqualTo(3);
    assertThat(settings.get(Settings.NODE)).isEqualTo(2);
    assertThat(settings.get(Settings.LANES)).isEqualTo(1);
    assertThat(settings.get(Settings.MYSQL_CONNECTIONS)).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource({
    "port, 65536, must be a whole number of 0 to 65535",
    "port, -1, must be a whole number of 0 to 65535",
    "port, eighty, must be a whole number of 0 to 65535",
    "node, 1024, must be a whole number of -1 to 1023",
    "message.recall-window, 2 minutes, must be a positive ISO 8601 duration such as PT30S",
    "message.recall-window, PT0S, must be a positive ISO 8601 duration such as PT30S",
    "auth.token-secret, short, must have at least 32 characters",
  })
  void aWrongValueIsNamedWithWhatARightOneIs(String name, String value, String problem) {
    assertThatThrownBy(() -> Settings.of(Map.of(name, value)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(name + " " + problem);
  }

  @Test
  void aWrongValueInTheEnvironmentIsNamed() {
    assertThatThrownBy(() -> Settings.of(Map.of(), Map.of("HONGBAO_PORT", "x"), new Properties()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("port ");
  }

  @Test
  void anUnknownNameIsNoSetting() {
    var file = new Properties();
    file.setProperty("prot", "1");
    for (ThrowingSettings attempt :
        List.<ThrowingSettings>of(
            () -> Settings.of(Map.of("prot", "1")), () -> Settings.of(Map.of(), Map.of(), file))) {
      assertThatThrownBy(attempt::make)
          .isInstanceOf(InvalidSettingException.class)
          .hasMessage("prot is no setting; see --help");
    }
  }

  @Test
  void aTextThatIsEmptyCanBeCompleted() {
    Settings given = Settings.of(Map.of("mysql.user", "me"));
    assertThat(given.orElse(Settings.MYSQL_USER, "you").get(Settings.MYSQL_USER)).isEqualTo("me");
    assertThat(given.orElse(Settings.MYSQL_PASSWORD, "p").get(Settings.MYSQL_PASSWORD))
        .isEqualTo("p");
  }

  @Test
  void whatMustBeGivenIsNamedWithTheReason() {
    assertThatThrownBy(() -> Settings.of(Map.of()).require(Settings.MYSQL_USER, "mysql.url is"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("mysql.user must be set: mysql.url is");
  }

  private interface ThrowingSettings {
    Settings make();
  }

  private static Setting<?> setting(String name) {
    return Settings.ALL.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}

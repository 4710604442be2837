package io.hongbao.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Setting;
import io.hongbao.common.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ArgumentsTest {

  @TempDir Path folder;

  @Test
  void takesAFlagInBothForms() {
    Settings settings = run("--port", "9000", "--message.recall-window=PT1S");
    assertThat(settings.get(Settings.PORT)).isEqualTo(9000);
    assertThat(settings.get(Settings.RECALL_WINDOW)).hasSeconds(1);
  }

  @Test
  void aFlagBeatsTheEnvironmentBeatsTheFile() throws IOException {
    String file = file("port=1\nnode=1\nmessage.lanes=1\n");
    var parsed =
        Arguments.parse(
            Command.UP,
            new String[] {"--config", file, "--port", "3"},
            Map.of("HONGBAO_PORT", "2", "HONGBAO_NODE", "2"),
            null);
    Settings settings = ((Arguments.Run) parsed).settings();
    assertThat(settings.get(Settings.PORT)).isEqualTo(3);
    assertThat(settings.get(Settings.NODE)).isEqualTo(2);
    assertThat(settings.get(Settings.LANES)).isEqualTo(1);
  }

  @Test
  void theGivenDataFolderIsTheWeakestDefault() throws IOException {
    assertThat(data(new String[0])).isEqualTo(Path.of("/home/data"));
    assertThat(data(new String[] {"--data", "here"})).isEqualTo(Path.of("here"));
    assertThat(data(new String[] {"--config", file("data=/in/file\n")}))
        .isEqualTo(Path.of("/in/file"));
  }

  @Test
  void helpNamesEverySettingWithItsDefaultAndTheEnvironment() {
    var parsed = Arguments.parse(Command.UP, new String[] {"--help"}, Map.of(), null);
    String text = ((Arguments.Print) parsed).text();
    assertThat(text).contains("HONGBAO_", "Default: 8080.", "argon2id:m=19456,t=2,");
    assertThat(Settings.ALL)
        .extracting(Setting::name)
        .allSatisfy(name -> assertThat(text).contains("--" + name + "="));
  }

  @ParameterizedTest
  @EnumSource
  void aRolesHelpNamesItsOwnSettings(NodeRole role) {
    var parsed =
        Arguments.parse(Command.named(role.word()), new String[] {"--help"}, Map.of(), null);
    String text = ((Arguments.Print) parsed).text();
    assertThat(text).contains("./hongbao " + role.word(), role.description());
    assertThat(Settings.ALL)
        .allSatisfy(
            setting ->
                assertThat(text.contains("--" + setting.name() + "="))
                    .as(setting.name())
                    .isEqualTo(role.goesBy(setting)));
  }

  @ParameterizedTest
  @CsvSource({
    "reconcile, every rule of money, --mysql.url=, --redis.url=",
    "doctor, a whole installation, --doctor.gateways=, --group.max-members=",
  })
  void aChecksHelpSaysWhatItDoesHowItEndsAndWhatItGoesBy(
      String word, String does, String goesBy, String other) {
    var parsed = Arguments.parse(Command.named(word), new String[] {"--help"}, Map.of(), null);
    assertThat(((Arguments.Print) parsed).text())
        .contains("./hongbao " + word, does, "Exit status: 0", goesBy)
        .doesNotContain(other);
  }

  @Test
  void everySettingMattersToARoleButThoseOfTheEmbeddedStoreAndTheDoctor() {
    assertThat(Settings.ALL)
        .filteredOn(setting -> Stream.of(NodeRole.values()).noneMatch(role -> role.goesBy(setting)))
        .containsExactly(Settings.S3_PORT, Settings.S3_BIND, Settings.DOCTOR_GATEWAYS);
  }

  @Test
  void aRoleTakesTheSettingsOfOthersToo() {
    String[] shared = {"--mysql.url", "jdbc:mysql://db/hongbao"};
    var parsed = Arguments.parse(Command.named("gateway"), shared, Map.of(), null);
    assertThat(((Arguments.Run) parsed).settings().get(Settings.MYSQL_URL)).contains("db");
  }

  @ParameterizedTest
  @CsvSource({
    "--prot 9000,       --prot is no setting; see --help",
    "9000,              9000 is no setting; see --help",
    "--port 1 --port 2, --port is given twice",
    "--port eighty,     port must be a whole number of 0 to 65535",
    "--config /no/file, --config names no file: /no/file",
    "--port,            The command line cannot be read: Missing required parameter for option"
        + " '--port' (VALUE); see --help",
  })
  void whatIsWrongIsNamedInOneLine(String arguments, String message) {
    assertThatThrownBy(() -> run(arguments.split(" ", -1)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(message);
  }

  @Test
  void anUnknownNameInTheFileIsNamed() throws IOException {
    String file = file("prot=9000\n");
    assertThatThrownBy(() -> run("--config", file))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("prot ");
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("hongbao.properties"), text).toString();
  }

  private static Settings run(String... arguments) {
    return ((Arguments.Run) Arguments.parse(Command.UP, arguments, Map.of(), null)).settings();
  }

  private static Path data(String[] arguments) {
    var parsed = (Arguments.Run) Arguments.parse(Command.UP, arguments, Map.of(), "/home/data");
    return parsed.settings().get(Settings.DATA);
  }
}

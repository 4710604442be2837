package io.hongbao.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.config.Settings;
import io.hongbao.standalone.doctor.Finding;
import io.hongbao.standalone.wire.ServerExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ServerExtension.class)
final class DoctorTest {

  @Test
  void findsNothingWrongWithAServerThatRuns(Server server) throws Exception {
    assertThat(server.s3().place()).isNotEmpty(); // it starts last
    Path data = ServerExtension.data();
    List<Finding> found = look(data);
    assertThat(found).noneMatch(Finding::isFailure);
    assertThat(found)
        .extracting(Finding::subject)
        .contains("secrets", "MySQL", "Redis", "S3", "gateway");
    assertThat(found).noneMatch(finding -> finding.says().contains("not looked at"));

    var secrets = new Properties();
    try (var in = Files.newBufferedReader(data.resolve("secrets.properties"))) {
      secrets.load(in);
    }
    assertThat(found.toString()).doesNotContain(secrets.values().toArray(String[]::new));
  }

  @Test
  void findsThatNoServerRuns(@TempDir Path empty) {
    assertThat(look(empty))
        .singleElement()
        .matches(Finding::isFailure)
        .asString()
        .contains("none runs on the data folder");
  }

  private static List<Finding> look(Path data) {
    return Doctor.run(Settings.of(Map.of("data", data.toString())), Clock.systemUTC());
  }
}

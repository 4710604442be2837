package io.hongbao.standalone.deploy;

import static io.hongbao.standalone.deploy.DeploymentFile.ROOT;
import static io.hongbao.standalone.deploy.DeploymentFile.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `deploy/secrets.sh`, run as the service `secrets` runs it.
final class SecretsScriptTest {

  private static final Pattern READ = Pattern.compile("/secrets/([a-z.-]+)");

  @TempDir Path folder;

  @BeforeEach
  void run() throws Exception {
    var builder =
        new ProcessBuilder("sh", ROOT.resolve("deploy/secrets.sh").toRealPath().toString());
    builder.environment().put("SECRETS", folder.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).isEmpty();
  }

  @Test
  void makesThemOnce() throws Exception {
    Map<String, String> first = made();
    run();
    assertThat(made()).isEqualTo(first);
  }

  @Test
  void givesAServiceThatIsAddedLaterTheSameOnes() throws Exception {
    Map<String, String> first = made();
    Files.delete(folder.resolve("media/settings.properties"));
    Files.delete(folder.resolve("kept/grafana"));
    run();
    Map<String, String> later = made();
    assertThat(later.get("media/settings.properties"))
        .isEqualTo(first.get("media/settings.properties"));
    assertThat(later.get("grafana/password")).isNotEqualTo(first.get("grafana/password"));
  }

  @Test
  void eachIsLongAndNoneIsAnother() throws Exception {
    List<String> kept =
        made().entrySet().stream()
            .filter(file -> file.getKey().startsWith("kept/"))
            .map(Map.Entry::getValue)
            .toList();
    assertThat(kept).hasSize(8).doesNotHaveDuplicates().allMatch(it -> it.matches("[0-9a-f]+"));
    assertThat(kept).filteredOn(secret -> secret.length() < 48).hasSize(1); // the name of a key
  }

  @Test
  void nobodyElseReadsThem() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(file -> !file.equals(folder)).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void everyServiceFindsTheFilesItReads() {
    JsonNode services = DeploymentFile.yaml("docker-compose.yml").path("services");
    services
        .properties()
        .forEach(
            service -> {
              List<String> mounts = strings(service.getValue().path("volumes"));
              if (service.getKey().equals("secrets")) {
                return;
              }
              String text = service.getValue().toString();
              READ.matcher(text)
                  .results()
                  .map(read -> read.group(1))
                  .forEach(
                      file -> {
                        assertThat(mounts)
                            .contains("secrets-%s:/secrets:ro".formatted(service.getKey()));
                        assertThat(folder.resolve(service.getKey()).resolve(file)).isNotEmptyFile();
                      });
            });
  }

  @Test
  void makesSettingsThatTheRolesTake() throws IOException {
    Settings doctor = settings("doctor");
    assertThat(doctor.get(Settings.TOKEN_SECRET)).isNotEmpty();
    for (String role : List.of("gateway", "message", "push", "redpacket", "media")) {
      assertThat(settings(role).get(Settings.CLUSTER_SECRET))
          .isEqualTo(doctor.get(Settings.CLUSTER_SECRET))
          .hasSizeGreaterThanOrEqualTo(32);
    }
    assertThat(settings("gateway").get(Settings.MYSQL_PASSWORD)).isEmpty();
    assertThat(settings("message").get(Settings.MYSQL_PASSWORD))
        .isEqualTo(Files.readString(folder.resolve("mysql/password")));
    assertThat(settings("media").get(Settings.S3_SECRET_KEY))
        .isEqualTo(Files.readString(folder.resolve("minio/root-password")));
    String redis = Files.readString(folder.resolve("redis/password"));
    assertThat(settings("redpacket").get(Settings.REDIS_URL))
        .isEqualTo("redis://:" + redis + "@redis:6379/0");
    assertThat(folder.resolve("redis/redis.conf")).hasContent("requirepass " + redis);
  }

  @Test
  void ownersAreTheUsersOfTheImages() throws IOException {
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    assertThat(DeploymentFile.text("Dockerfile"))
        .contains(
            "USER "
                + Files.getAttribute(folder.resolve("gateway/settings.properties"), "unix:uid")
                + ":");
  }

  private Settings settings(String service) throws IOException {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(folder.resolve(service).resolve("settings.properties"))) {
      properties.load(in);
    }
    return Settings.of(Map.of(), Map.of(), properties);
  }

  private Map<String, String> made() throws IOException {
    var made = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        made.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return made;
  }
}

package io.hongbao.standalone.deploy;

import static io.hongbao.standalone.deploy.DeploymentFile.ROOT;
import static io.hongbao.standalone.deploy.DeploymentFile.strings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.hongbao.common.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docker-compose.yml` against the Compose Specification, the code and the files that it names.
final class ComposeFileTest {

  private static final String FILE = "docker-compose.yml";

  /// `host:port` in an address, a JDBC URL or another one.
  private static final Pattern ADDRESS = Pattern.compile("^(?:[a-z:]+//)?([a-z]+):(\\d+)(?:/.*)?$");

  private static final Pattern PINNED =
      Pattern.compile("\\S+:\\D*\\d+\\.\\d+\\.\\d+.*|.*:RELEASE\\..+");
  private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(password|secret|key|token).*");

  /// Which port a service listens on, where it is not one of ours.
  private static final Map<String, String> PORTS =
      Map.of("mysql", "3306", "redis", "6379", "minio", "9000");

  private final JsonNode file = DeploymentFile.yaml(FILE);
  private final Map<String, JsonNode> services = fields(file.path("services"));

  @Test
  void keepsTheSpecification() {
    var schema =
        (ObjectNode) DeploymentFile.json("standalone/src/test/resources/compose/compose-spec.json");
    schema.remove(List.of("$schema", "$id"));
    assertThat(JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(schema).validate(file))
        .isEmpty();
  }

  @Test
  void namesServicesThatExist() {
    services.forEach(
        (name, service) -> {
          JsonNode needed = service.path("depends_on");
          assertThat(services.keySet()).as(name).containsAll(fields(needed).keySet());
          needed.forEach(
              condition -> assertThat(condition.path("condition").asText()).startsWith("service_"));
          String network = service.path("network_mode").asText();
          if (network.startsWith("service:")) {
            assertThat(services).containsKey(network.substring("service:".length()));
          }
        });
  }

  @Test
  void waitsForServicesInNoCircle() {
    var started = new TreeSet<String>();
    while (started.size() < services.size()) {
      List<String> next =
          services.keySet().stream()
              .filter(name -> !started.contains(name))
              .filter(
                  name -> started.containsAll(fields(service(name).path("depends_on")).keySet()))
              .toList();
      assertThat(next).as("can start after " + started).isNotEmpty();
      started.addAll(next);
    }
  }

  @Test
  void mountsVolumesAndFilesThatExist() {
    var volumes = new TreeSet<String>();
    services.forEach(
        (name, service) -> {
          for (String mount : strings(service.path("volumes"))) {
            String source = mount.split(":", -1)[0];
            if (source.startsWith(".")) {
              assertThat(ROOT.resolve(source)).as(name).isRegularFile();
            } else {
              volumes.add(source);
            }
          }
        });
    assertThat(volumes).isEqualTo(fields(file.path("volumes")).keySet());
  }

  @Test
  void knowsEverySetting() {
    assertThat(DeploymentFile.settings().keySet())
        .containsAll(DeploymentFile.variables(DeploymentFile.text(FILE)));
  }

  @Test
  void findsEveryRoleAndStoreAtItsPort() {
    String clusterPort = Settings.CLUSTER_PORT.defaultText();
    services.forEach(
        (name, service) ->
            fields(service.path("environment"))
                .forEach(
                    (variable, value) -> {
                      var address = ADDRESS.matcher(value.asText());
                      if (!variable.startsWith("HONGBAO_") || !address.matches()) {
                        return;
                      }
                      String host = address.group(1);
                      assertThat(services).as(name + " " + variable).containsKey(host);
                      if (variable.startsWith("HONGBAO_CLUSTER_")) {
                        assertThat(variable).isEqualToIgnoringCase("HONGBAO_CLUSTER_" + host);
                        assertThat(address.group(2)).isEqualTo(clusterPort);
                      } else {
                        assertThat(address.group(2))
                            .isEqualTo(PORTS.getOrDefault(host, Settings.PORT.defaultText()));
                      }
                    }));
    assertThat(fields(service("message").path("environment")))
        .containsKeys("HONGBAO_MYSQL_URL", "HONGBAO_CLUSTER_PUSH");
  }

  @Test
  void runsTwoOfEveryRoleThatClientsWaitFor() {
    for (String role : List.of("gateway", "message", "push", "redpacket")) {
      assertThat(service(role).path("deploy").path("replicas").asInt()).isEqualTo(2);
    }
  }

  @Test
  void boundsTheMemoryOfEveryServiceThatStaysAndTheProcessorsOfEveryRole() {
    services.forEach(
        (name, service) -> {
          boolean stays = service.path("restart").asText().equals("unless-stopped");
          assertThat(!stays || service.has("mem_limit")).as(name).isTrue();
          boolean isRole = stays && service.path("image").asText().equals("hongbao:local");
          assertThat(!isRole || service.path("cpus").asInt() == 2).as(name).isTrue();
        });
  }

  /// A gateway says so long that it leaves that the balancer has seen it, and is gone in time.
  @Test
  void aGatewayThatLeavesGetsNoNewClients() {
    var drainTime =
        Duration.parse(service("gateway").at("/environment/HONGBAO_GATEWAY_DRAIN_TIME").asText());
    var looksEvery =
        Duration.parse(
            "PT"
                + DeploymentFile.text("deploy/haproxy.cfg")
                    .replaceFirst("(?s).* inter (\\d+s) fall 1 .*", "$1"));
    var grace = Duration.parse("PT" + service("gateway").path("stop_grace_period").asText());
    assertThat(drainTime).isGreaterThan(looksEvery).isLessThan(grace.dividedBy(2));
    assertThat(DeploymentFile.text("deploy/haproxy.cfg")).contains("option redispatch");
  }

  @Test
  void startsRolesByCommandsOfTheProgram() {
    for (String role : List.of("gateway", "message", "push", "redpacket", "media", "doctor")) {
      List<String> command = strings(service(role).path("command"));
      assertThat(command).startsWith(role, "--config");
      assertThat(Commands.known()).contains(role);
    }
  }

  @Test
  void pinsEveryImage() {
    services.forEach(
        (name, service) -> {
          String image = service.path("image").asText();
          if (!image.equals("hongbao:local")) {
            assertThat(image).as(name).matches(PINNED);
          }
        });
  }

  @Test
  void looksAfterTheHealthOfEveryServiceThatStays() {
    services.forEach(
        (name, service) -> {
          boolean stays = service.path("restart").asText().equals("unless-stopped");
          boolean asksImage = service.path("image").asText().equals("hongbao:local");
          JsonNode check = service.path("healthcheck");
          assertThat(stays ? asksImage || check.path("test").size() > 1 : check.has("disable"))
              .as(name)
              .isTrue();
        });
    assertThat(DeploymentFile.text("Dockerfile")).contains("HEALTHCHECK");
  }

  @Test
  void hasNoSecretInIt() {
    services.forEach(
        (name, service) ->
            fields(service.path("environment"))
                .forEach(
                    (variable, value) -> {
                      if (SECRET_NAME.matcher(variable).matches()) {
                        assertThat(variable).as(name).endsWith("_FILE");
                        assertThat(value.asText()).startsWith("/secrets/");
                      }
                    }));
    assertThat(DeploymentFile.text(FILE))
        .doesNotContainPattern("(?i)(password|secret|key)=\\w|requirepass");
  }

  @Test
  void opensToOtherMachinesOnlyWhatClientsNeed() {
    var published = new TreeMap<String, List<String>>();
    services.forEach(
        (name, service) -> {
          if (service.has("ports")) {
            published.put(name, strings(service.path("ports")));
          }
        });
    assertThat(published)
        .isEqualTo(
            Map.of(
                "balancer", List.of("${HONGBAO_PORT:-8080}:8080"),
                "minio", List.of("${HONGBAO_S3_PORT:-9000}:9000"),
                "grafana", List.of("127.0.0.1:${GRAFANA_PORT:-3000}:3000")));
  }

  @Test
  void sendsClientsToThePortThatTheStoreIsPublishedAt() {
    String published = service("minio").path("ports").path(0).asText();
    String port = published.substring(0, published.lastIndexOf(':'));
    assertThat(service("media").at("/environment/HONGBAO_S3_PUBLIC_URL").asText())
        .isEqualTo("${HONGBAO_S3_PUBLIC_URL:-http://localhost:" + port + "}");
  }

  private JsonNode service(String name) {
    return file.path("services").path(name);
  }

  private static Map<String, JsonNode> fields(JsonNode object) {
    var fields = new TreeMap<String, JsonNode>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }
}

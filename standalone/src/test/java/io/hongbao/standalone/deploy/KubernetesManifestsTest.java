package io.hongbao.standalone.deploy;

import static io.hongbao.standalone.deploy.DeploymentFile.ROOT;
import static io.hongbao.standalone.deploy.DeploymentFile.strings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `deploy/kubernetes`: that its files fit together, and fit the code.
final class KubernetesManifestsTest {

  private static final String FOLDER = "deploy/kubernetes/";
  private static final String NAME = "app.kubernetes.io/name";

  private final JsonNode kustomization = DeploymentFile.yaml(FOLDER + "kustomization.yaml");
  private final JsonNode pod = DeploymentFile.yaml(FOLDER + "pod.yaml").at("/spec/template/spec");
  private final List<JsonNode> objects = new ArrayList<>();

  KubernetesManifestsTest() {
    for (String file : strings(kustomization.path("resources"))) {
      objects.addAll(DeploymentFile.yamls(FOLDER + file));
    }
  }

  @Test
  void everyFileIsUsed() throws IOException {
    var used = new TreeSet<>(strings(kustomization.path("resources")));
    used.add(kustomization.at("/patches/0/path").asText());
    used.add("kustomization.yaml");
    try (Stream<Path> files = Files.list(ROOT.resolve(FOLDER))) {
      assertThat(files.map(file -> file.getFileName().toString())).hasSameElementsAs(used);
    }
  }

  @Test
  void everyRoleIsACommandOfTheProgramAndOutlivesANode() {
    assertThat(named("Deployment")).hasSize(5);
    for (JsonNode deployment : all("Deployment")) {
      String name = name(deployment);
      List<String> arguments = strings(container(deployment).path("args"));
      assertThat(Commands.known()).containsAll(arguments);
      assertThat(name).isEqualTo("hongbao-" + arguments.getFirst());
      assertThat(deployment.at("/spec/replicas").asInt()).isGreaterThan(1);
    }
    assertThat(named("PodDisruptionBudget")).isEqualTo(named("Deployment"));
  }

  @Test
  void everyPodHasBounds() {
    assertThat(pod.at("/containers/0/resources/limits/cpu").asText()).isEqualTo("2");
    for (JsonNode deployment : all("Deployment")) {
      JsonNode resources = container(deployment).path("resources");
      assertThat(resources.at("/limits/memory").asText())
          .isNotEmpty()
          .isEqualTo(resources.at("/requests/memory").asText());
    }
  }

  @Test
  void everySelectorFindsItsPods() {
    for (JsonNode deployment : all("Deployment")) {
      String name = name(deployment);
      assertThat(deployment.at("/spec/template/metadata/labels").path(NAME).asText())
          .isEqualTo(name);
      assertThat(deployment.at("/spec/selector/matchLabels").path(NAME).asText()).isEqualTo(name);
      assertThat(deployment.at("/spec/template/spec/topologySpreadConstraints").toString())
          .contains("\"" + name + "\"");
    }
    for (JsonNode budget : all("PodDisruptionBudget")) {
      assertThat(budget.at("/spec/selector/matchLabels").path(NAME).asText())
          .isEqualTo(name(budget));
    }
    for (JsonNode service : all("Service")) {
      assertThat(service.at("/spec/selector").path(NAME).asText()).isEqualTo(name(service));
      assertThat(named("Deployment")).contains(name(service));
    }
    String partOf = kustomization.at("/labels/0/pairs").toString();
    assertThat(kustomization.at("/labels/0/includeTemplates").asBoolean()).isTrue();
    for (JsonNode policy : all("NetworkPolicy")) {
      JsonNode chosen = policy.at("/spec/podSelector/matchLabels");
      assertThat(
              chosen.toString().equals(partOf)
                  || named("Deployment").contains(chosen.path(NAME).asText()))
          .isTrue();
    }
  }

  @Test
  void everyPortIsOneThatAPodHas() {
    Set<String> ports = new TreeSet<>(pod.at("/containers/0/ports").findValuesAsText("name"));
    all("Deployment")
        .forEach(it -> ports.addAll(container(it).path("ports").findValuesAsText("name")));
    assertThat(ports).containsExactlyInAnyOrder("clients", "cluster", "management");
    for (JsonNode service : all("Service")) {
      assertThat(ports).containsAll(service.findValuesAsText("targetPort"));
    }
    for (JsonNode policy : all("NetworkPolicy")) {
      assertThat(ports).containsAll(policy.findValuesAsText("port"));
    }
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      JsonNode asks = pod.at("/containers/0/" + probe + "/httpGet");
      assertThat(asks.path("path").asText()).matches("/health/(live|ready)");
      assertThat(ports).contains(asks.path("port").asText());
    }
    assertThat(pod.at("/containers/0/ports").toString())
        .contains(
            "{\"name\":\"cluster\",\"containerPort\":%s}"
                .formatted(Settings.CLUSTER_PORT.defaultText()));
    assertThat(DeploymentFile.text("Dockerfile"))
        .contains(
            "HONGBAO_MANAGEMENT_PORT=" + pod.at("/containers/0/ports/1/containerPort").asText());
  }

  @Test
  void rolesFindEachOtherByHeadlessServices() {
    JsonNode addresses = only("ConfigMap").path("data");
    addresses
        .properties()
        .forEach(
            address -> {
              assertThat(DeploymentFile.settings()).containsKey(address.getKey());
              String[] parts = address.getValue().asText().split(":", -1);
              assertThat("HONGBAO_CLUSTER_" + parts[0].replace("hongbao-", ""))
                  .isEqualToIgnoringCase(address.getKey());
              JsonNode service =
                  all("Service").stream()
                      .filter(it -> name(it).equals(parts[0]))
                      .findFirst()
                      .orElseThrow();
              assertThat(service.at("/spec/clusterIP").asText()).isEqualTo("None");
              assertThat(service.at("/spec/ports/0/port").asText()).isEqualTo(parts[1]);
            });
    assertThat(addresses).hasSize(4);
  }

  /// A key or password is read from the operator's own Secret, under the setting's name.
  @Test
  void everySettingComesFromWhereItMay() {
    assertThat(named("Secret")).isEmpty();
    for (JsonNode deployment : all("Deployment")) {
      for (JsonNode variable : container(deployment).path("env")) {
        String name = variable.path("name").asText();
        assertThat(DeploymentFile.settings()).containsKey(name);
        boolean secret = name.matches(".*(SECRET|PASSWORD|KEY|REDIS_URL).*");
        JsonNode from =
            variable.path("valueFrom").path(secret ? "secretKeyRef" : "configMapKeyRef");
        assertThat(from.path("name").asText()).as(name).isEqualTo("hongbao");
        assertThat(DeploymentFile.settings())
            .hasEntrySatisfying(
                name, setting -> assertThat(from.path("key").asText()).isEqualTo(setting.name()));
        assertThat(from.has("optional")).isFalse();
        assertThat(DeploymentFile.text("docs/operations.md"))
            .contains("=" + from.path("key").asText() + "=");
      }
      assertThat(container(deployment).at("/envFrom/0/configMapRef/name").asText())
          .isEqualTo(name(only("ConfigMap")));
    }
  }

  private List<JsonNode> all(String kind) {
    return objects.stream().filter(it -> it.path("kind").asText().equals(kind)).toList();
  }

  private JsonNode only(String kind) {
    List<JsonNode> found = all(kind);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private Set<String> named(String kind) {
    var names = new TreeSet<String>();
    all(kind).forEach(it -> names.add(name(it)));
    return names;
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  /// There is one of that name in every role, which the common patch completes.
  private JsonNode container(JsonNode deployment) {
    JsonNode containers = deployment.at("/spec/template/spec/containers");
    assertThat(containers).hasSize(1);
    assertThat(containers.path(0).path("name")).isEqualTo(pod.at("/containers/0/name"));
    return containers.path(0);
  }
}

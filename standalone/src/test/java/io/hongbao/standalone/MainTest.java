package io.hongbao.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.embedded.RuntimeFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The program in a JVM of its own: what it prints and how it ends.
final class MainTest {

  private static final Duration END_TIME = Duration.ofSeconds(30);

  private Path data;

  @BeforeEach
  void makeFolder() throws IOException {
    data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "main.");
  }

  @AfterEach
  void deleteFolder() throws IOException {
    RuntimeFolder.delete(data);
  }

  @Test
  void helpIsPrinted() throws Exception {
    Process main = run("--help");
    assertThat(output(main)).contains("--session.heartbeat=VALUE");
    assertThat(main.waitFor()).isZero();
  }

  @Test
  void aWrongSettingIsOneLineAndStatusTwo() throws Exception {
    Process main = run("--prot", "9000");
    assertThat(output(main)).isEqualTo("hongbao: --prot is no setting; see --help");
    assertThat(main.waitFor()).isEqualTo(2);
  }

  @Test
  void aBusyPortIsNamed() throws Exception {
    try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(busy.getLocalPort());
      Process main = run("--bind", "127.0.0.1", "--port", port, "--data", data.toString());
      assertThat(output(main))
          .startsWith("hongbao: Port " + port)
          .contains("--port")
          .hasLineCount(1);
      assertThat(main.waitFor()).isEqualTo(1);
    }
  }

  @Test
  void aDataFolderInUseIsNamed() throws Exception {
    try (var _ = DataFolder.open(data)) {
      Process main = run("--port", "0", "--data", data.toString());
      assertThat(output(main)).contains(data.toAbsolutePath().toString()).hasLineCount(1);
      assertThat(main.waitFor()).isEqualTo(1);
    }
  }

  @Test
  void theDoctorsFailuresAreStatusThree() throws Exception {
    Process main = run("doctor", "--data", data.toString());
    assertThat(output(main)).startsWith("failure  server").hasLineCount(1);
    assertThat(main.waitFor()).isEqualTo(3);
  }

  @Test
  void sigtermStopsEverythingItStarted() throws Exception {
    Process main = run("--port", "0", "--management.port", "0", "--data", data.toString());
    BufferedReader out = main.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    while (line != null && !line.startsWith("Ctrl-C")) {
      line = out.readLine();
    }
    List<ProcessHandle> children = main.descendants().toList();
    assertThat(children).isNotEmpty();

    main.destroy();

    assertThat(main.waitFor()).isEqualTo(128 + 15);
    await().atMost(END_TIME).until(() -> children.stream().noneMatch(MainTest::runs));
    assertThat(data.resolve("mariadb/mariadb.log")).content().contains("Shutdown complete");
  }

  /// What has ended but was not yet asked for its status by its new parent has no program.
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private static Process run(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.lettuce.core.iouring=false",
                "-Dhongbao.runtime=" + System.getProperty("hongbao.runtime"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String output(Process main) {
    return main.inputReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n"));
  }
}

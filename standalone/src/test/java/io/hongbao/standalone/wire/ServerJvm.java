package io.hongbao.standalone.wire;

import static org.awaitility.Awaitility.await;

import io.hongbao.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/// A server in a process of its own, which can be killed and started again on the same port and
/// data.
public final class ServerJvm implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int port;
  private final Path data;
  private final Path output;
  private final Map<String, String> settings;
  private Process process;

  private ServerJvm(int port, Path data, Map<String, String> settings) throws IOException {
    this.port = port;
    this.data = data;
    this.settings = settings;
    this.output = Files.createTempFile("server", ".log");
    this.process = launch();
  }

  public static ServerJvm start(Path data, Map<String, String> more) throws IOException {
    int port = FreePort.find();
    ServerExtension.empty(data);
    var settings = new HashMap<>(ServerExtension.settings(data));
    settings.putAll(more);
    settings.put("port", Integer.toString(port));
    var server = new ServerJvm(port, data, settings);
    server.awaitReady();
    return server;
  }

  public int port() {
    return port;
  }

  /// What the server printed so far, over all its starts.
  List<String> output() throws IOException {
    return Files.readAllLines(output);
  }

  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  public void startAgain() throws IOException {
    process = launch();
    awaitReady();
  }

  /// Asks it to end and returns its exit status.
  int stop() {
    process.destroy();
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }

  private Process launch() throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx512m",
            // the tests' own compiler and collector: it lives for seconds
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            // without it each new data folder gets the stores' programs unpacked: many seconds
            "-Dhongbao.runtime=" + System.getProperty("hongbao.runtime"),
            "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("io.hongbao.standalone.Main");
    settings.forEach((name, value) -> command.add("--" + name + "=" + value));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .start();
  }

  private void awaitReady() throws IOException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      await().atMost(PATIENCE).until(() -> isReady(http) || !process.isAlive());
    } catch (ConditionTimeoutException e) {
      throw new IOException("not ready: " + printed(), e);
    }
    if (!process.isAlive()) {
      throw new IOException("ended: " + printed());
    }
  }

  private String printed() throws IOException {
    return data + "\n" + String.join("\n", output());
  }

  private boolean isReady(HttpClient http) throws InterruptedException {
    try {
      return http.send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                      .timeout(Duration.ofSeconds(2))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException _) {
      return false;
    }
  }
}

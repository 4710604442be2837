package io.hongbao.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server under measurement in a JVM of its own, so that its processor time is its own.
public final class ServerProcess implements AutoCloseable {

  private static final double TICKS_PER_SECOND = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// What `./hongbao` starts a JVM with, but that the memory is the same on every machine.
  private static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseCompactObjectHeaders",
          "-Dio.lettuce.core.iouring=false",
          "-Xmx512m");

  /// What a server prints, after its name, once clients can connect.
  private static final String READY = "Hongbao is ready";

  private final Process process;
  private final int port;
  private final Path output;

  private ServerProcess(Process process, int port, Path output) {
    this.process = process;
    this.port = port;
    this.output = output;
  }

  /// Starts `main` with this JVM's class path, and waits until it says that it is ready.
  ///
  /// @param port that it was told to listen on
  /// @param flags more of the JVM's
  static ServerProcess start(Class<?> main, List<String> flags, int port, List<String> arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("-Dport=" + port);
    command.add(main.getName());
    command.addAll(arguments);
    Path output = Files.createTempFile("server", ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    var server = new ServerProcess(process, port, output);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.readString(output).contains(READY)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        server.kill();
        throw new IOException("the server did not start: " + Files.readString(output));
      }
      pauseBriefly();
    }
    return server;
  }

  /// Waits until a server that clients connect to says that it can serve them.
  public void awaitReady() throws IOException {
    URL health = URI.create("http://127.0.0.1:" + port + "/health/ready").toURL();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (((HttpURLConnection) health.openConnection()).getResponseCode() != 200) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the server is not ready: " + output());
      }
      pauseBriefly();
    }
  }

  int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// What it has printed so far.
  public String output() throws IOException {
    return Files.readString(output);
  }

  /// User and system time so far, in seconds.
  double cpuSeconds() {
    return cpuSeconds(process.pid());
  }

  /// User and system time so far, in seconds, of every process that this one has started: server
  /// and database.
  static double cpuSecondsOfAll() {
    return ProcessHandle.current()
        .descendants()
        .mapToDouble(process -> cpuSeconds(process.pid()))
        .sum();
  }

  private static double cpuSeconds(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
      return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
    } catch (IOException _) {
      return 0; // ended meanwhile
    }
  }

  /// Live heap in bytes, after a full collection.
  public long liveHeapBytes() throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.class_histogram")
            .start();
    String total = "";
    try (var out =
        new BufferedReader(new InputStreamReader(jcmd.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        total = line.startsWith("Total") ? line : total;
      }
    }
    List<String> words = List.of(total.trim().split("\\s+"));
    return Long.parseLong(words.get(words.size() - 1));
  }

  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void pauseBriefly() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}

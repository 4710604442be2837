package io.hongbao.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A child process that cannot outlive this JVM.
///
/// A small shell stands between the two, with a pipe of the JVM as its standard input: the end of
/// the pipe ends the child, so even `kill -9` of the JVM leaves nothing behind. Where `setsid`
/// exists the child is in a session of its own: a Ctrl-C in the terminal reaches the JVM alone,
/// which then stops its children in order.
final class GuardedProcess implements AutoCloseable {

  private static final String GUARD = script("guard.sh");

  private static final Duration KILL_TIME = Duration.ofSeconds(5);

  private final Process guard;
  private final Duration stopTime;

  private GuardedProcess(Process guard, Duration stopTime) {
    this.guard = guard;
    this.stopTime = stopTime;
  }

  /// @param log gets what the child prints, behind what is in it
  /// @param pidFile holds the child's process id while it runs
  /// @param stopTime how long [#close] lets the child end by itself before it is killed
  static GuardedProcess start(List<String> command, Path log, Path pidFile, Duration stopTime) {
    var guarded = new ArrayList<String>();
    Path setsid = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(setsid)) {
      guarded.add(setsid.toString());
    }
    guarded.addAll(List.of("/bin/sh", "-c", GUARD, "hongbao-guard", pidFile.toString()));
    guarded.addAll(command);
    try {
      Process guard =
          new ProcessBuilder(guarded)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .start();
      return new GuardedProcess(guard, stopTime);
    } catch (IOException e) {
      throw new EmbeddedStartException("cannot start " + command.getFirst(), e);
    }
  }

  boolean isAlive() {
    return guard.isAlive();
  }

  /// Waits until the child has ended, for whatever reason.
  ///
  /// @return its exit status
  int awaitExit() throws InterruptedException {
    return guard.waitFor();
  }

  /// Waits for the child to end, and kills it after `bound`.
  ///
  /// @return its exit status
  int awaitExit(Duration bound) {
    if (!ends(bound)) {
      close();
    }
    return guard.exitValue();
  }

  /// Ends the child with SIGTERM and waits for it; after the stop time it is killed.
  @Override
  public void close() {
    try {
      guard.getOutputStream().close();
    } catch (IOException _) {
      // The pipe is gone because the guard is: nothing is left to be told.
    }
    if (!ends(stopTime)) {
      kill();
    }
  }

  /// Ends the child with SIGKILL, as a crash does, and waits for it.
  void kill() {
    guard.descendants().forEach(ProcessHandle::destroyForcibly);
    if (!ends(KILL_TIME)) {
      guard.destroyForcibly();
      ends(KILL_TIME);
    }
  }

  private boolean ends(Duration bound) {
    try {
      return guard.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The script without its comments, which would only fill the list of processes.
  private static String script(String resource) {
    try (InputStream in = GuardedProcess.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

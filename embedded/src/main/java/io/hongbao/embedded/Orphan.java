package io.hongbao.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server of an earlier run that is still there: after `kill -9` of a JVM its children take a
/// moment to end, and until then they hold the data.
final class Orphan {

  private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);

  /// How long an earlier server gets to write down what it holds before it is killed.
  private static final Duration END_TIME = Duration.ofSeconds(30);

  /// The guard writes the pid file right after the start: a process that began at another time
  /// merely has the same number.
  private static final Duration PID_FILE_DELAY = Duration.ofSeconds(5);

  private Orphan() {}

  /// Returns when no earlier server runs on this data; one that does is told to end.
  static void awaitEnd(Path pidFile, Path executable) {
    running(pidFile, executable)
        .ifPresent(
            process -> {
              LOG.info("waiting for {} of an earlier run, pid={}", name(executable), process.pid());
              process.destroy();
              if (!ends(process)) {
                LOG.warn("killing {} of an earlier run, pid={}", name(executable), process.pid());
                process.destroyForcibly();
                ends(process);
              }
            });
  }

  private static Optional<ProcessHandle> running(Path pidFile, Path executable) {
    try {
      long pid = Long.parseLong(Files.readString(pidFile).strip());
      Instant written = Files.getLastModifiedTime(pidFile).toInstant();
      return ProcessHandle.of(pid)
          .filter(
              process -> process.info().command().map(executable.toString()::equals).orElse(false))
          .filter(
              process ->
                  process.info().startInstant().map(start -> isNear(start, written)).orElse(false));
    } catch (IOException | NumberFormatException _) {
      return Optional.empty(); // no file, or one that was cut off: nothing to wait for
    }
  }

  private static boolean isNear(Instant start, Instant written) {
    return Duration.between(start, written).abs().compareTo(PID_FILE_DELAY) < 0;
  }

  private static boolean ends(ProcessHandle process) {
    try {
      process.onExit().get(END_TIME.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedStartException("interrupted while waiting for an earlier run to end", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path name(Path executable) {
    return executable.getFileName();
  }
}

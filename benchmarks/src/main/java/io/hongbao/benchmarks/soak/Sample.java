package io.hongbao.benchmarks.soak;

import io.hongbao.benchmarks.faults.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a server holds at one moment.
///
/// @param heapBytes live, after a full collection
/// @param files open descriptors, sockets among them
/// @param connections of the pool to the database
/// @param bufferBytes direct memory of the gateway's pool of buffers
record Sample(
    long second, long heapBytes, long threads, long files, long connections, long bufferBytes) {

  /// What is to stay flat, and how much it may be above the first quarter: a tenth, and so much.
  enum Figure {
    HEAP("heap after GC, KiB", sample -> sample.heapBytes >> 10, 4_096),
    THREADS("threads", Sample::threads, 4),
    FILES("file descriptors", Sample::files, 8),
    CONNECTIONS("database connections", Sample::connections, 2),
    BUFFERS("gateway buffers, KiB", sample -> sample.bufferBytes >> 10, 1_024);

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a method
    private final ToLongFunction<Sample> value;

    private final long slack;

    Figure(String title, ToLongFunction<Sample> value, long slack) {
      this.title = title;
      this.value = value;
      this.slack = slack;
    }

    String title() {
      return title;
    }

    long of(Sample sample) {
      return value.applyAsLong(sample);
    }

    boolean isFlat(long first, long last) {
      return last <= first + first / 10 + slack;
    }
  }

  static Sample take(Stage stage, long second) throws IOException, InterruptedException {
    long pid = stage.server().pid();
    return new Sample(
        second,
        stage.server().liveHeapBytes(),
        threads(pid),
        files(pid),
        stage.metric("hikaricp_connections"),
        stage.metric("hongbao_gateway_buffer_bytes"));
  }

  private static long threads(long pid) throws IOException {
    return Files.readAllLines(process(pid, "status")).stream()
        .filter(line -> line.startsWith("Threads:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  /// The names of a process's threads without their numbers, and how many there are of each.
  static Map<String, Long> threadNames(long pid) throws IOException {
    try (Stream<Path> tasks = Files.list(process(pid, "task"))) {
      return tasks
          .map(Sample::name)
          .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip().replaceAll("\\d+", "#");
    } catch (IOException _) {
      return "gone";
    }
  }

  private static long files(long pid) throws IOException {
    try (Stream<Path> open = Files.list(process(pid, "fd"))) {
      return open.count();
    }
  }

  private static Path process(long pid, String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }
}

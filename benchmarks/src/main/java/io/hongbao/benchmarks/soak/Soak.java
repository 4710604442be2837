package io.hongbao.benchmarks.soak;

import io.hongbao.benchmarks.faults.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// `./hongbao bench soak [minutes]`: all operations that clients have, mixed at random, at a steady
/// rate; at the end the server must hold no more than after the first quarter, and Netty's detector
/// must have found no buffer that was forgotten.
public final class Soak {

  private static final int PEOPLE = 50;
  private static final int CLIENTS = 100;

  /// Of all clients together: 300,000 in ten minutes, an hour's work of 1,000 people who do five
  /// things a minute.
  private static final int OPERATIONS_PER_SECOND = 500;

  private static final int SAMPLES = 12;
  private static final List<String> FAILURES =
      List.of("internal", "unavailable", "unknown_op", "lost connection", "HTTP 500", "HTTP 503");

  private Soak() {}

  /// @return false where something grew, failed or leaked, or where all of one operation was
  ///   refused
  public static boolean run(Duration time) throws IOException, InterruptedException {
    try (Stage stage =
        Stage.set(
            Path.of("target/soak").toAbsolutePath(),
            "-Dio.netty.leakDetection.level=paranoid",
            "-Dio.netty.leakDetection.targetRecords=8")) {
      var tally = new Tally();
      List<Sample> samples = work(stage, time, tally);
      System.out.printf("%n%,d requests, answered %s%n%n", tally.all(), tally);
      boolean flat = print(samples);
      System.out.printf("%nthreads: %s%n", Sample.threadNames(stage.server().pid()));
      boolean answered = FAILURES.stream().allMatch(answer -> tally.of(answer) == 0);
      boolean kept = isClean(stage.server().output());
      System.out.printf("%nflat: %s; no failure: %s; no leak: %s%n", flat, answered, kept);
      System.out.printf("never succeeded: %s%n", tally.inVain());
      return flat && answered && kept && tally.inVain().isEmpty();
    }
  }

  private static List<Sample> work(Stage stage, Duration time, Tally tally)
      throws IOException, InterruptedException {
    Town town = Town.build(stage.port(), PEOPLE);
    long start = System.nanoTime();
    long pauseNanos = Duration.ofSeconds(CLIENTS).toNanos() / OPERATIONS_PER_SECOND;
    var samples = new ArrayList<Sample>();
    var chatters = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        var chatter = new Chatter(town, i, tally);
        chatters.add(threads.submit(() -> chatter.runUntil(start + time.toNanos(), pauseNanos)));
      }
      for (int i = 1; i <= SAMPLES; i++) {
        long due = start + time.toNanos() / SAMPLES * i - time.toNanos() / SAMPLES / 4;
        Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        long second = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        samples.add(Sample.take(stage, second));
        System.err.println(samples.getLast());
      }
      for (Future<?> chatter : chatters) {
        chatter.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return samples;
  }

  private static boolean print(List<Sample> samples) {
    int quarter = samples.size() / 4;
    List<Sample> first = samples.subList(0, quarter);
    List<Sample> last = samples.subList(samples.size() - quarter, samples.size());
    System.out.println("| | first quarter | last quarter | highest | flat |");
    System.out.println("| --- | --- | --- | --- | --- |");
    boolean good = true;
    for (Sample.Figure figure : Sample.Figure.values()) {
      long before = median(figure, first);
      long after = median(figure, last);
      long highest = samples.stream().mapToLong(figure::of).max().orElse(0);
      boolean flat = figure.isFlat(before, after);
      good &= flat;
      System.out.printf(
          "| %s | %,d | %,d | %,d | %s |%n",
          figure.title(), before, after, highest, flat ? "yes" : "**no**");
    }
    return good;
  }

  private static long median(Sample.Figure figure, List<Sample> samples) {
    long[] values = samples.stream().mapToLong(figure::of).toArray();
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /// Whether the server has reported neither a leak nor an error.
  private static boolean isClean(String output) {
    List<String> reports =
        output.lines().filter(line -> line.contains("LEAK:") || line.contains(" ERROR ")).toList();
    reports.stream().limit(10).forEach(System.out::println);
    return reports.isEmpty();
  }
}

package io.hongbao.benchmarks.micro;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/// What is small and hot, measured by JMH: nanoseconds of one call.
public final class Micro {

  private Micro() {}

  /// @return rows of a benchmark's name, and the median of its intervals' nanoseconds with their
  ///   spread
  public static List<List<String>> run() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("io\\.hongbao\\..*Benchmark\\..*")
                    .mode(Mode.AverageTime)
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .forks(1)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(2))
                    .measurementIterations(11)
                    .measurementTime(TimeValue.seconds(1))
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    return results.stream().map(Micro::row).toList();
  }

  private static List<String> row(RunResult result) {
    Statistics nanos = result.getPrimaryResult().getStatistics();
    String[] name = result.getParams().getBenchmark().split("\\.");
    return List.of(
        name[name.length - 2] + "." + name[name.length - 1],
        "%.0f (%.0f-%.0f)".formatted(nanos.getPercentile(50), nanos.getMin(), nanos.getMax()));
  }
}

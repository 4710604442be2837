package io.hongbao.benchmarks;

import java.util.Arrays;

/// One figure taken several times: its median and its spread.
record Figure(double median, double min, double max) {

  static Figure of(double... samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return new Figure(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }

  Figure dividedBy(double divisor) {
    return new Figure(median / divisor, min / divisor, max / divisor);
  }
}

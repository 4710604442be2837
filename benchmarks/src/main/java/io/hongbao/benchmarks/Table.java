package io.hongbao.benchmarks;

import java.util.List;
import java.util.Locale;

/// Rows of a Markdown table, printed as they come so that a long run shows where it is.
final class Table {

  Table(String title, List<String> columns) {
    System.out.println("");
    System.out.println("### " + title);
    System.out.println("");
    System.out.println("| " + String.join(" | ", columns) + " |");
    System.out.println("|" + " --- |".repeat(columns.size()));
  }

  void row(String... cells) {
    System.out.println("| " + String.join(" | ", cells) + " |");
  }

  /// A count in thousands with its spread: `618 k (590-640)`.
  static String thousands(Figure figure) {
    return String.format(
        Locale.ROOT,
        "%.0f k (%.0f-%.0f)",
        figure.median() / 1e3,
        figure.min() / 1e3,
        figure.max() / 1e3);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }
}

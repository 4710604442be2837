package io.hongbao.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Rows of a Markdown table, printed as they come so that a long run shows where it is.
final class Table {

  private final List<String> lines = new ArrayList<>();

  Table(String title, List<String> columns) {
    add("");
    add("### " + title);
    add("");
    add("| " + String.join(" | ", columns) + " |");
    add("|" + " --- |".repeat(columns.size()));
  }

  void row(String... cells) {
    add("| " + String.join(" | ", cells) + " |");
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

  private void add(String line) {
    lines.add(line);
    System.out.println(line);
  }
}

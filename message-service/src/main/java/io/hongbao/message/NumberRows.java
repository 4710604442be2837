package io.hongbao.message;

/// Rows of numbers as one parameter of a statement, a JSON list of lists for `JSON_TABLE`: the same
/// statement then serves any number of rows, and the server finds them by their keys.
public final class NumberRows {

  /// Rows that one statement is given; more are passed in several.
  public static final int MAX = 1_000;

  private final StringBuilder text = new StringBuilder("[");

  public NumberRows add(long... row) {
    text.append(text.length() > 1 ? ",[" : "[");
    for (int i = 0; i < row.length; i++) {
      text.append(i > 0 ? "," : "").append(row[i]);
    }
    text.append(']');
    return this;
  }

  public String json() {
    return text + "]";
  }
}

package io.hongbao.benchmarks.faults;

/// Something that must not be.
public record Flaw(Kind kind, String what) {

  /// The columns of the table.
  public enum Kind {
    /// Acknowledged and not in the log, or not at a client.
    LOST,
    /// In the log twice, or two entries with one number or id.
    DOUBLED,
    /// A gap, or live events or times that go backwards.
    DISORDERED,
    /// Unread is not what the log says.
    MISCOUNTED,
    /// Some client was not whole in time, or the fault did not do what it is for.
    OTHER
  }
}

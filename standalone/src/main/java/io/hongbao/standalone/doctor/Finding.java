package io.hongbao.standalone.doctor;

import java.util.Locale;

/// What one check found, in one line for people.
///
/// @param says what is there; where it is not right, what to do
public record Finding(Level level, String subject, String says) {

  public enum Level {
    OK,
    /// It works, but not as it should.
    WARNING,
    /// Something does not work, or is not safe.
    FAILURE
  }

  static Finding ok(String subject, String says) {
    return new Finding(Level.OK, subject, says);
  }

  static Finding warning(String subject, String says) {
    return new Finding(Level.WARNING, subject, says);
  }

  public static Finding failure(String subject, String says) {
    return new Finding(Level.FAILURE, subject, says);
  }

  /// Failure where it does not hold.
  static Finding require(boolean holds, String subject, String says, String otherwise) {
    return holds ? ok(subject, says) : failure(subject, otherwise);
  }

  /// Warning where it does not hold.
  static Finding advise(boolean holds, String subject, String says, String otherwise) {
    return holds ? ok(subject, says) : warning(subject, otherwise);
  }

  public boolean isFailure() {
    return level == Level.FAILURE;
  }

  @Override
  public String toString() {
    return "%-8s %-10s %s"
        .formatted(level.name().toLowerCase(Locale.ROOT), subject, says.replaceAll("\\s+", " "));
  }
}

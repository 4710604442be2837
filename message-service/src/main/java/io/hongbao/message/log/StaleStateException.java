package io.hongbao.message.log;

/// A batch was decided on a state that somebody else has changed: it is decided again.
final class StaleStateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StaleStateException() {
    super("a group's version has moved", null, false, false);
  }
}

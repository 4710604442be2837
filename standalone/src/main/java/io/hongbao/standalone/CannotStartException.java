package io.hongbao.standalone;

/// Why the server did not start, in words for whoever started it.
public final class CannotStartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CannotStartException(String message) {
    super(message);
  }

  CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }
}

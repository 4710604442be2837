package io.hongbao.embedded;

/// An embedded server that did not start; the message says which, why, and what to do.
public final class EmbeddedStartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public EmbeddedStartException(String message) {
    super(message);
  }

  public EmbeddedStartException(String message, Throwable cause) {
    super(message, cause);
  }
}

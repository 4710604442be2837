package io.hongbao.media.store;

/// The S3 store can't be reached or doesn't answer as one: an outage.
public final class StoreAwayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.hongbao.common.remote;

/// A node cannot meet the others; the message says why and what to do, for whoever runs it.
public final class ClusterStartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ClusterStartException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.hongbao.gateway;

/// The gateway cannot start; the message says why and what to do, for whoever runs it.
public final class GatewayStartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  GatewayStartException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.hongbao.common.error;

/// Why the server ends a connection: the WebSocket close codes of `docs/protocol.md`, "Session".
///
/// 4000 to 4499 tell the client to reconnect with a jittered, growing delay, 4500 to 4999 not to.
public enum CloseCode {
  FRAME_TOO_LARGE(1009, "frame too large"),
  BINARY_NOT_AGREED(1003, "binary frame where text was agreed"),
  INTERNAL(1011, "internal error"),
  NODE_LEAVING(4001, "this node is leaving"),
  TOKEN_EXPIRED(4002, "token expired"),
  NOT_OPENED(4003, "not opened in time"),
  TOO_SLOW(4008, "consumer too slow"),
  HEARTBEAT_LOST(4010, "heartbeat lost"),
  TOKEN_INVALID(4501, "token invalid"),
  ACCOUNT_DISABLED(4503, "account disabled"),
  REPLACED(4504, "replaced by a newer session of this device"),
  NOT_AN_ENVELOPE(4505, "not a valid envelope"),
  TOO_MANY_REQUESTS(4506, "too many requests");

  private final int status;
  private final String reason;

  CloseCode(int status, String reason) {
    this.status = status;
    this.reason = reason;
  }

  public int status() {
    return status;
  }

  public String reason() {
    return reason;
  }
}

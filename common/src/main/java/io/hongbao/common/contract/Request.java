package io.hongbao.common.contract;

/// A client's request as the gateway passes it on, unread but for the envelope.
///
/// @param data the JSON object as it came, `{}` where there was none
public record Request(Caller caller, String op, byte[] data, TraceId trace) {

  /// Under a trace of its own.
  public Request(Caller caller, String op, byte[] data) {
    this(caller, op, data, TraceId.next());
  }
}

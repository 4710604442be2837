package io.hongbao.common.wire;

/// A frame without `id`: something happened. The `data` is a record of the protocol.
public record Event(String event, Object data) {

  /// The JSON text as every connection gets it.
  public byte[] bytes() {
    return Json.bytes(this);
  }
}

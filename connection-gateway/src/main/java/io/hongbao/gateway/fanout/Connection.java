package io.hongbao.gateway.fanout;

import io.hongbao.common.contract.Delivery.SessionOpened;
import io.hongbao.common.error.CloseCode;

/// What the fan-out may ask of the connection behind a [Recipient]. Called on its event loop.
public interface Connection {

  /// Ends the connection. Leaves its rooms at once.
  void close(CloseCode code);

  /// A session of the same user was opened, here or on another gateway, maybe this one.
  void sessionOpened(SessionOpened opened);
}

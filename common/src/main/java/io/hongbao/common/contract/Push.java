package io.hongbao.common.contract;

/// Where services and gateways publish. Implemented by the push service.
///
/// `publish` returns at once and never throws; deliveries that one thread publishes about one group
/// keep their order. A delivery may be lost (the log repairs it), never doubled.
public interface Push {
  void publish(Delivery delivery);
}

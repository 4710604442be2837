package io.hongbao.redpacket.settle;

/// What is to be done for a packet.
public enum Topic {
  /// Write its entry into the group's log.
  ENTRY,
  /// Book the shares that were opened.
  SETTLE,
  /// Book what nobody opened back to the sender.
  REFUND,
  /// Say in the group's log that it is finished.
  FINISHED
}

package io.hongbao.redpacket.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Why money moved; the name in lower case is an entry's `kind` on the wire.
public enum TransferCode {
  TOPUP,
  REDPACKET_SENT,
  REDPACKET_RECEIVED,
  REDPACKET_REFUND;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}

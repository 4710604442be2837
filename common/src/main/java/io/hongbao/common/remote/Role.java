package io.hongbao.common.remote;

import io.hongbao.common.config.Setting;
import io.hongbao.common.config.Settings;
import java.util.Locale;

/// What a node serves to others. Gateways serve nobody but clients.
public enum Role {
  MESSAGE,
  PUSH,
  REDPACKET,
  MEDIA;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Where its instances are.
  public Setting<String> addresses() {
    return switch (this) {
      case MESSAGE -> Settings.CLUSTER_MESSAGE;
      case PUSH -> Settings.CLUSTER_PUSH;
      case REDPACKET -> Settings.CLUSTER_REDPACKET;
      case MEDIA -> Settings.CLUSTER_MEDIA;
    };
  }
}

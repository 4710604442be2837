package io.hongbao.redpacket.ticket;

import java.util.Collection;

/// The tickets of a packet as MySQL's committed state has them.
///
/// @param epoch a newer filling has a larger one
/// @param tickets places that are not taken
/// @param users who has a place
public record Filling(int epoch, int tickets, Final end, Collection<Long> users) {

  public enum Final {
    /// Places may still be had.
    OPEN("0"),
    EMPTY("1"),
    EXPIRED("2");

    private final String code;

    Final(String code) {
      this.code = code;
    }

    /// As the scripts have it.
    String code() {
      return code;
    }
  }
}

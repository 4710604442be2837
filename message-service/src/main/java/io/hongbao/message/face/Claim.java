package io.hongbao.message.face;

import java.util.Comparator;

/// That a user may wait in a room, by the last request of theirs to do so.
record Claim(RoomKey room, Generation generation) implements Comparable<Claim> {

  /// Who comes at the very same time twice, waits in one of two rooms all the same.
  private static final Comparator<Claim> ORDER =
      Comparator.comparing(Claim::generation).thenComparing(claim -> claim.room.roomId());

  @Override
  public int compareTo(Claim other) {
    return ORDER.compare(this, other);
  }
}

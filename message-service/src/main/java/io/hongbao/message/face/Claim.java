package io.hongbao.message.face;

/// That a user may wait in a room, by the last request of theirs to do so.
record Claim(RoomKey room, Generation generation) implements Comparable<Claim> {

  @Override
  public int compareTo(Claim other) {
    return generation.compareTo(other.generation);
  }
}

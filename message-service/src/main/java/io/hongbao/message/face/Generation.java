package io.hongbao.message.face;

import java.util.Locale;

/// A request's place among those of its user: the later has the larger. As text it has as many
/// digits as any, so that scripts compare it without loss (their numbers hold 53 bits).
record Generation(long id) implements Comparable<Generation> {

  static Generation parse(String text) {
    return new Generation(Long.parseLong(text));
  }

  String text() {
    return String.format(Locale.ROOT, "%019d", id);
  }

  @Override
  public int compareTo(Generation other) {
    return Long.compare(id, other.id);
  }
}

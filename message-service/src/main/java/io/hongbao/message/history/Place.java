package io.hongbao.message.history;

import io.hongbao.common.wire.Cursor;
import io.hongbao.message.log.Message;
import java.util.Comparator;

/// Where an entry stands among those of all groups: by its time, which never falls within a log.
record Place(long sentAt, long groupId, long seq) implements Comparable<Place> {

  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::sentAt)
          .thenComparingLong(Place::groupId)
          .thenComparingLong(Place::seq);

  static Place of(Message message) {
    return new Place(message.sentAt(), message.groupId(), message.seq());
  }

  static Place of(Cursor cursor) {
    return new Place(cursor.part(0), cursor.part(1), cursor.part(2));
  }

  Cursor cursor() {
    return new Cursor(sentAt, groupId, seq);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}

package io.hongbao.message.face;

import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.wire.Event;
import io.hongbao.message.account.User;
import io.hongbao.message.account.Users;
import io.lettuce.core.RedisException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells those who wait in a room who waits there: the event `face`.
///
/// One piece of work a room tells all its changes. It looks at the room, tells what it sees, and
/// looks again until there is nothing new: so what is told last is the room as it is, also where
/// other processes tell of the same room, and a crowd that comes at once costs no event for each.
/// Each event tells everybody of everybody: the more wait, the longer it pauses in between, so that
/// nobody is told of more people a second in a large room than in a small one. An event that can't
/// be made is lost; the next change makes up for it.
final class RoomEvents {

  /// Between two events of one room: for each person that the first one told of, at least
  /// [#PAUSE_MIN].
  static final Duration PAUSE_EACH = Duration.ofMillis(2);

  private static final Duration PAUSE_MIN = Duration.ofMillis(50);

  private static final long NEVER = -1;

  private static final Logger log = LoggerFactory.getLogger(RoomEvents.class);

  private final Rooms rooms;
  private final Users users;
  private final Push push;
  private final Queries queries;
  private final Clock clock;

  /// How many changes each room has had since its work began. As large as the pieces of work that
  /// [Queries] admits at most.
  private final ConcurrentHashMap<RoomKey, Integer> changes = new ConcurrentHashMap<>();

  RoomEvents(Rooms rooms, Users users, Push push, Queries queries, Clock clock) {
    this.rooms = rooms;
    this.users = users;
    this.push = push;
    this.queries = queries;
    this.clock = clock;
  }

  /// The data of the event `face`.
  private record Waiting(String code, List<User> waiting, @Nullable Long groupId) {}

  /// To be called after a change of the room; returns at once.
  void changed(RoomKey room) {
    if (changes.merge(room, 1, Integer::sum) > 1) {
      return;
    }
    var _ =
        queries.call(
            "face event",
            () -> {
              tellAll(room);
              return true;
            },
            _ -> {
              changes.remove(room);
              return false;
            });
  }

  private void tellAll(RoomKey key) {
    long told = NEVER;
    while (true) {
      Integer seen = changes.get(key);
      Room room = look(key);
      if (room != null && room.version() != told) {
        tell(room);
        told = room.version();
        pause(room.waiting().size());
      } else if (seen == null || changes.remove(key, seen)) {
        return;
      }
    }
  }

  private @Nullable Room look(RoomKey key) {
    try {
      Room room = rooms.look(key);
      return room == null || room.isOverAt(clock.millis()) ? null : room;
    } catch (RedisException e) {
      log.warn("Redis failed op=face event roomId={} reason={}", key.roomId(), e.getMessage());
      return null;
    }
  }

  private void tell(Room room) {
    if (room.waiting().isEmpty()) {
      return;
    }
    var waiting = new Waiting(room.key().code(), users.of(room.waiting()), room.groupId());
    push.publish(new UserSignal(room.waiting(), 0, new Event("face", waiting).bytes()));
  }

  static Duration pauseAfter(int people) {
    Duration each = PAUSE_EACH.multipliedBy(people);
    return each.compareTo(PAUSE_MIN) > 0 ? each : PAUSE_MIN;
  }

  private static void pause(int people) {
    try {
      Thread.sleep(pauseAfter(people));
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a query", e);
    }
  }
}

package io.hongbao.message.face;

import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.message.face.EnterRoom.Entered;
import io.hongbao.message.face.FindRoom.Found;
import io.hongbao.message.face.LeaveRoom.Result;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rooms, in Redis. All methods block as long as Redis commands may take, and throw
/// `RedisException` where it is away.
final class Rooms {

  /* A room has a code, a place (or none) and an id, and is one hash. Beside the rooms of a code lie
   * their places and ends. Both are in the code's hash slot. Which rooms a user may wait in, the
   * user's claims, is a hash in the user's slot. No step touches two slots.
   *
   * Entering is four steps: find or open the room, claim it, enter, leave the rooms claimed before.
   * The claim comes before all that it is about, so a user waits nowhere without a claim, and
   * whoever is killed in between has left nothing that the user's next request does not find. The
   * leaving comes last, so who finds the room full waits where they waited before; between the two
   * steps they are in both, and confirm only where they are by their newest claim.
   *
   * A user's requests bear generations: each a larger one than any that it has seen of that user
   * when it began. So of two that meet the later wins, whatever order their steps come in: a claim
   * older than another one yields to it, and leaving shuts the room to requests from before, which
   * may still be on their way to it. Which of two is the later that knew nothing of each other is all
   * the same, but no two are alike: each would shut the other out.
   *
   * What is lost with Redis are the rooms: people enter again. A group is never lost, nor made
   * twice for one room: the room's id, given when it opens, is the group's. */

  /// The most people a room knows, those who have left it included; beyond, it is full. More than a
  /// group takes: whether there is room in the group is said when they confirm.
  static final int PEOPLE_MAX = 1_000;

  /// How much longer than a room Redis keeps what belongs to it: clocks differ.
  private static final Duration KEPT_LONGER = Duration.ofMinutes(1);

  private static final int DISTRICT_CHARACTERS = 6;

  private final Redis redis;
  private final Ids ids;
  private final Clock clock;
  private final Duration ttl;
  private final long keepMs;
  private final FindRoom findRoom;
  private final ClaimRoom claimRoom;
  private final ReleaseRoom releaseRoom;
  private final EnterRoom enterRoom;
  private final LeaveRoom leaveRoom;
  private final MarkGroup markGroup;

  Rooms(Redis redis, Ids ids, Clock clock, Duration ttl) {
    this.redis = redis;
    this.ids = ids;
    this.clock = clock;
    this.ttl = ttl;
    this.keepMs = ttl.plus(KEPT_LONGER).toMillis();
    this.findRoom = new FindRoom(redis);
    this.claimRoom = new ClaimRoom(redis);
    this.releaseRoom = new ReleaseRoom(redis);
    this.enterRoom = new EnterRoom(redis);
    this.leaveRoom = new LeaveRoom(redis);
    this.markGroup = new MarkGroup(redis);
  }

  /// What became of a request to enter.
  ///
  /// @param left the rooms that lost the user by it
  record Entrance(Found found, Entered entered, List<RoomKey> left) {

    EnterRoom.Result result() {
      return entered.result();
    }

    /// The room as it was then; null where nobody has ever got in.
    @Nullable Room room() {
      return entered.room();
    }
  }

  Entrance enter(long userId, FaceRequest.Enter request) {
    Claims before = claims(userId);
    Found found = find(request, before);
    var own = new Claim(found.room(), before.next(ids.next()));
    List<Claim> others =
        claimRoom.run(found.room(), userId, own.generation(), keepMs).held().stream()
            .filter(claim -> !claim.room().equals(found.room()))
            .toList();
    Entered entered =
        others.stream().anyMatch(other -> other.compareTo(own) > 0)
            ? new Entered(EnterRoom.Result.OVERTAKEN, look(found.room()))
            : enterRoom.run(found, userId, own.generation(), keepMs, PEOPLE_MAX);
    return switch (entered.result()) {
      case ENTERED, WAITING -> new Entrance(found, entered, leaveEarlier(others, own, userId));
      case OVERTAKEN, FULL -> {
        if (!waits(userId, entered.room())) {
          releaseRoom.run(found.room(), userId, own.generation());
        }
        yield new Entrance(found, entered, List.of());
      }
    };
  }

  private List<RoomKey> leaveEarlier(List<Claim> claims, Claim own, long userId) {
    return claims.stream()
        .filter(claim -> claim.compareTo(own) < 0)
        .map(Claim::room)
        .filter(room -> leave(room, userId, own.generation()))
        .toList();
  }

  private Found find(FaceRequest.Enter request, Claims claims) {
    long now = clock.millis();
    RoomKey held = claims.of(request.code()).stream().findFirst().map(Claim::room).orElse(null);
    var fresh = new Found(new RoomKey(request.code(), ids.next()), now + ttl.toMillis());
    return findRoom.run(now, fresh, keepMs, held, request.place());
  }

  /// The rooms of this code that lost the user by this.
  List<RoomKey> leave(long userId, String code) {
    Claims claims = claims(userId);
    Generation generation = claims.next(ids.next());
    return claims.of(code).stream()
        .map(Claim::room)
        .filter(room -> leave(room, userId, generation))
        .toList();
  }

  private boolean leave(RoomKey room, long userId, Generation generation) {
    Result result = leaveRoom.run(room, userId, generation, keepMs);
    releaseRoom.run(room, userId, generation);
    return result == Result.LEFT;
  }

  /// The room that the user waits in, where it is of this code, or null.
  @Nullable Room waiting(long userId, String code) {
    long now = clock.millis();
    for (Claim claim : claims(userId).held()) {
      Room room = look(claim.room());
      if (room != null && !room.isOverAt(now) && waits(userId, room)) {
        return room.key().code().equals(code) ? room : null;
      }
    }
    return null;
  }

  private static boolean waits(long userId, @Nullable Room room) {
    return room != null && room.waiting().contains(userId);
  }

  /// The room as it is now, or null where it is gone.
  @Nullable Room look(RoomKey room) {
    return Room.of(room, redis.sync().hgetall(room.redisKey()));
  }

  /// Notes that the room's group is made.
  void groupMade(RoomKey room) {
    markGroup.run(room);
  }

  /// A geohash of about a kilometre, or null where nobody said where they are.
  @Nullable String district(RoomKey room) {
    return redis
        .sync()
        .geohash(FindRoom.places(room.code()), Long.toString(room.roomId()))
        .getFirst()
        .map(hash -> hash.substring(0, DISTRICT_CHARACTERS))
        .getValueOrElse(null);
  }

  private Claims claims(long userId) {
    return Claims.of(redis.sync().hgetall(Claims.redisKey(userId)));
  }
}

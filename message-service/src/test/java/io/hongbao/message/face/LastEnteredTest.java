package io.hongbao.message.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// A user on several devices, whose requests reach different processes at the same time.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class LastEnteredTest {

  private static final int ROUNDS = 50;
  private static final List<String> CODES = List.of("1111", "2222", "3333");
  private static final @Nullable Place NOWHERE = null;

  private final Redis redis;
  private final List<Rooms> processes;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Random random = new Random(20);
  private long lastUser;

  LastEnteredTest(TestServices services) {
    var clock = new TestClock();
    this.redis = TestRedis.open(services.redisUrl());
    this.processes =
        List.of(
            new Rooms(redis, new Ids(200), clock, FaceService.TTL),
            new Rooms(redis, new Ids(201), clock, FaceService.TTL));
  }

  @AfterAll
  void close() {
    threads.close();
    redis.close();
  }

  @RepeatedTest(ROUNDS)
  void waitsInOneRoomWhateverOrderTheStepsComeIn() {
    long user = ++lastUser;
    List<String> asked = enterAtOnce(user);

    List<String> waiting = CODES.stream().filter(code -> waits(user, code)).toList();
    assertThat(waiting).hasSize(1).isSubsetOf(asked);
    assertThat(rooms(user)).hasSize(1);
  }

  @RepeatedTest(ROUNDS)
  void waitsInOneRoomAlsoWhereNobodyCanTellWhichWasTheLater() {
    long user = ++lastUser;
    aProcessIsAhead(user);
    enterAtOnce(user);

    assertThat(CODES.stream().filter(code -> waits(user, code))).hasSize(1);
    assertThat(rooms(user)).hasSize(1);
  }

  private List<String> enterAtOnce(long user) {
    List<String> asked = random.ints(4, 0, CODES.size()).mapToObj(CODES::get).toList();
    var entering = new ArrayList<CompletableFuture<?>>();
    for (String code : asked) {
      Rooms rooms = processes.get(entering.size() % processes.size());
      entering.add(CompletableFuture.runAsync(() -> enter(rooms, user, code), threads));
    }
    CompletableFuture.allOf(entering.toArray(CompletableFuture[]::new)).join();
    return asked;
  }

  @Test
  void theLaterOneWinsThoughItsProcessIsBehind() {
    long user = ++lastUser;
    aProcessIsAhead(user);

    for (String code : List.of("1111", "2222", "1111", "3333")) {
      for (Rooms rooms : processes) {
        assertThat(enter(rooms, user, code).result()).isNotEqualTo(EnterRoom.Result.OVERTAKEN);
        assertThat(waits(user, code)).isTrue();
      }
    }
    assertThat(processes.getFirst().leave(user, "3333")).hasSize(1);
    assertThat(waits(user, "3333")).isFalse();
    assertThat(enter(processes.getLast(), user, "3333").result())
        .isEqualTo(EnterRoom.Result.ENTERED);
    assertThat(CODES.stream().filter(code -> waits(user, code))).containsExactly("3333");
  }

  /// The user's last request went to a process whose clock is years ahead.
  private void aProcessIsAhead(long user) {
    var ahead = new Generation(2_000_000_000_000_000_000L, 0);
    redis.sync().hset(Claims.redisKey(user), "last", ahead.text());
  }

  @Test
  void anEarlierOneThatComesLateYields() {
    long user = ++lastUser;
    Rooms rooms = processes.getFirst();
    RoomKey later = enter(rooms, user, "1111").found().room();
    var much = new Generation(Long.MAX_VALUE, 0);
    redis.sync().hset(Claims.redisKey(user), later.text(), much.text());

    Rooms.Entrance entrance = enter(rooms, user, "2222");

    assertThat(entrance.result()).isEqualTo(EnterRoom.Result.OVERTAKEN);
    assertThat(waits(user, "1111")).isTrue();
    assertThat(waits(user, "2222")).isFalse();
    assertThat(rooms(user)).containsExactly(later);
  }

  @Test
  void whoWaitsWhereTheyAskedToWaitIsFoundThereAlsoWhereTheLaterOneNeverGetsIn() {
    long user = ++lastUser;
    Rooms rooms = processes.getFirst();
    RoomKey first = enter(rooms, user, "1111").found().room();
    var later = new RoomKey("2222", 1);
    var much = new Generation(Long.MAX_VALUE, 0);
    redis.sync().hset(Claims.redisKey(user), later.text(), much.text());

    assertThat(enter(rooms, user, "1111").result()).isEqualTo(EnterRoom.Result.OVERTAKEN);
    assertThat(waits(user, "1111")).isTrue();
    assertThat(rooms(user)).containsExactly(later, first);
  }

  private static Rooms.Entrance enter(Rooms rooms, long user, String code) {
    return rooms.enter(user, new FaceRequest.Enter(code, NOWHERE));
  }

  private List<RoomKey> rooms(long user) {
    return Claims.of(redis.sync().hgetall(Claims.redisKey(user))).held().stream()
        .map(Claim::room)
        .toList();
  }

  private boolean waits(long user, String code) {
    // not by the user's claims: by who is in the room
    return redis.sync().keys("face:{" + code + "}:room:*").stream()
        .map(key -> redis.sync().hget(key, Long.toString(user)))
        .anyMatch(state -> state != null && state.startsWith("in"));
  }
}

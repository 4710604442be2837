package io.hongbao.message.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestClock;
import java.util.ArrayList;
import java.util.Collections;
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
  void theLastOneWinsWhateverOrderTheStepsComeIn() {
    long user = ++lastUser;
    record Asked(String code, Generation generation) {}
    var asked = new ArrayList<Asked>();
    for (int i = 0; i < 4; i++) {
      asked.add(
          new Asked(
              CODES.get(random.nextInt(CODES.size())), processes.getFirst().nextGeneration()));
    }
    String last = asked.getLast().code();
    Collections.shuffle(asked, random);
    CompletableFuture.allOf(
            asked.stream()
                .map(
                    one ->
                        CompletableFuture.runAsync(
                            () ->
                                processes
                                    .get((int) (one.generation().id() % 2))
                                    .enter(
                                        user,
                                        new FaceRequest.Enter(one.code(), NOWHERE),
                                        one.generation()),
                            threads))
                .toArray(CompletableFuture[]::new))
        .join();

    assertThat(CODES.stream().filter(code -> waits(user, code))).containsExactly(last);
    assertThat(redis.sync().hlen(Claim.redisKey(user))).isEqualTo(1);
  }

  @Test
  void anEarlierOneThatComesLateYields() {
    long user = ++lastUser;
    Rooms rooms = processes.getFirst();
    Generation earlier = rooms.nextGeneration();
    Generation later = rooms.nextGeneration();
    rooms.enter(user, new FaceRequest.Enter("1111", NOWHERE), later);

    Rooms.Entrance entrance = rooms.enter(user, new FaceRequest.Enter("2222", NOWHERE), earlier);

    assertThat(entrance.result()).isEqualTo(EnterRoom.Result.OVERTAKEN);
    assertThat(waits(user, "1111")).isTrue();
    assertThat(waits(user, "2222")).isFalse();
    assertThat(redis.sync().hlen(Claim.redisKey(user))).isEqualTo(1);
  }

  @Test
  void leavingThatComesLateLeavesWhatWasEnteredSince() {
    long user = ++lastUser;
    Rooms rooms = processes.getFirst();
    Generation earlier = rooms.nextGeneration();
    rooms.enter(user, new FaceRequest.Enter("1111", NOWHERE), rooms.nextGeneration());

    assertThat(rooms.leave(user, "1111", earlier)).isEmpty();
    assertThat(waits(user, "1111")).isTrue();
  }

  private boolean waits(long user, String code) {
    // not by the user's claims: by who is in the room
    return redis.sync().keys("face:{" + code + "}:room:*").stream()
        .map(key -> redis.sync().hget(key, Long.toString(user)))
        .anyMatch(state -> state != null && state.startsWith("in"));
  }
}

package io.hongbao.message.face;

import static io.hongbao.message.face.FaceService.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.LaneClock;
import io.hongbao.message.Published;
import io.hongbao.message.TestClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// A crowd at once, on two processes.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class CrowdTest {

  private static final int PEOPLE = 100;
  private static final int MANY_PEOPLE = 500;

  /// Looks of its lane at the clock that a process lives for: one a transaction, one a command.
  private static final int LOOKS = 20;

  private final Published published = new Published();
  private final List<FaceService> services;
  private final FaceService dying;
  private final AtomicInteger looksLeft = new AtomicInteger(LOOKS);

  CrowdTest(TestServices services) {
    var clock = new TestClock();
    this.services =
        List.of(
            FaceService.with(services).published(published).start(clock),
            FaceService.with(services).published(published).start(clock));
    this.dying =
        FaceService.with(services)
            .published(published)
            .start(new LaneClock(clock, this::dieInBetween));
  }

  private void dieInBetween() {
    if (looksLeft.decrementAndGet() == 0) {
      dying.kill();
    }
  }

  @AfterAll
  void close() {
    services.forEach(FaceService::close);
    dying.close();
  }

  @Test
  void endsInOneGroupOfAll() {
    String code = FaceService.freshCode();
    List<Long> people = services.getFirst().users(MANY_PEOPLE);
    long startNanos = System.nanoTime();

    List<JsonNode> entered = all(people, user -> ask(user, "face.enter", around(code, user)));
    assertThat(entered.stream().map(reply -> reply.get("expiresAt")))
        .containsOnly(entered.getFirst().get("expiresAt"));
    assertThat(entered.stream().mapToInt(reply -> reply.get("waiting").size()).max())
        .hasValue(MANY_PEOPLE);

    assertOneGroup(code, people, all(people, user -> ask(user, "face.confirm", code(code))));
    assertThat(toldEach(code)).isLessThanOrEqualTo(toldEachMax(System.nanoTime() - startNanos));
  }

  /// How many people each was told of, over all events.
  private long toldEach(String code) {
    return services.getFirst().events(code, null).stream()
        .mapToLong(event -> event.get("waiting").size())
        .sum();
  }

  /// As many as the pauses leave time for, and one event more, of each process.
  private long toldEachMax(long nanos) {
    return services.size() * (nanos / RoomEvents.PAUSE_EACH.toNanos() + MANY_PEOPLE);
  }

  @Test
  void endsInOneGroupAlsoWhereNobodyWaitsForTheOthers() {
    String code = FaceService.freshCode();
    List<Long> people = services.getFirst().users(PEOPLE);

    List<JsonNode> confirmed =
        all(
            people,
            user ->
                ask(user, "face.enter", around(code, user))
                    .thenCompose(_ -> ask(user, "face.confirm", code(code))));
    assertOneGroup(code, people, confirmed);
  }

  @Test
  void endsInOneGroupAlsoWhereAProcessDiesInBetween() {
    String code = FaceService.freshCode();
    List<Long> people = services.getFirst().users(PEOPLE);
    all(people, user -> ask(user, "face.enter", around(code, user)));

    var first = new ArrayList<CompletableFuture<Reply>>();
    for (int i = 0; i < PEOPLE; i++) {
      FaceService asked = i % 2 == 0 ? dying : services.getFirst();
      first.add(asked.ask(caller(people.get(i)), "face.confirm", code(code)));
    }
    first.forEach(CompletableFuture::join);
    assertThat(first).anyMatch(reply -> reply.join() instanceof Reply.Failure);

    assertTheOneGroup(code, people, all(people, user -> ask(user, "face.confirm", code(code))));
  }

  private Set<String> assertTheOneGroup(String code, List<Long> people, List<JsonNode> confirmed) {
    assertThat(confirmed.stream().filter(reply -> reply.get("created").booleanValue())).hasSize(1);
    Set<String> groups = new HashSet<>();
    confirmed.forEach(reply -> groups.add(reply.get("group").get("groupId").textValue()));
    assertThat(groups).hasSize(1);
    assertThat(services.getFirst().membersOfTheOneGroup(code))
        .containsExactlyInAnyOrderElementsOf(people);
    return groups;
  }

  private void assertOneGroup(String code, List<Long> people, List<JsonNode> confirmed) {
    Set<String> groups = assertTheOneGroup(code, people, confirmed);
    await()
        .untilAsserted(
            () -> {
              JsonNode last = services.getFirst().lastEvent(code, null);
              assertThat(FaceService.waiting(last)).containsExactlyInAnyOrderElementsOf(people);
              assertThat(last.path("groupId").textValue()).isIn(groups);
            });
    assertThat(services.getFirst().events(code, null)).hasSizeLessThan(PEOPLE);
  }

  /// Asks for all at once, as often as a part is busy, and returns the answers in the same order.
  private static List<JsonNode> all(
      List<Long> people, Function<Long, CompletableFuture<Reply>> asking) {
    var replies = new ArrayList<CompletableFuture<Reply>>();
    people.forEach(user -> replies.add(asking.apply(user)));
    var answers = new ArrayList<JsonNode>();
    for (int i = 0; i < people.size(); i++) {
      Reply reply = replies.get(i).join();
      while (reply instanceof Reply.Failure(var refusal) && refusal.retryAfterMs() != null) {
        reply = asking.apply(people.get(i)).join();
      }
      answers.add(FaceService.data(reply));
    }
    return answers;
  }

  private CompletableFuture<Reply> ask(long user, String op, String data) {
    return services.get((int) (user % 2)).ask(caller(user), op, data);
  }

  private static Caller caller(long user) {
    return new Caller(user, user, "phone", "192.0.2." + user % 200);
  }

  /// Within some 20 m of each other.
  private static String around(String code, long user) {
    return "{\"code\": \"%s\", \"latitude\": %s, \"longitude\": %s}"
        .formatted(code, 31.2304 + user % 10 * 0.00001, 121.4737 + user % 7 * 0.00001);
  }
}

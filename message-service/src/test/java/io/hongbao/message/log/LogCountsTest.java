package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import io.hongbao.message.log.LogModel.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same as [LogCountsPropertyTest], of the tables, with batches as they come about.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class LogCountsTest {

  private final TestService service;

  LogCountsTest(TestServices services) {
    this.service = TestService.start(services);
  }

  @AfterAll
  void close() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theTablesNumbersAreTheModels(long seed) {
    List<Long> people = service.users(LogModel.PEOPLE);
    long group = service.group(people.subList(0, LogModel.FIRST_MEMBERS));
    var model = new LogModel();
    var replies = new ArrayList<CompletableFuture<Reply>>();
    var random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      Step step = Step.of(random.nextInt(60_000));
      model.take(step);
      replies.add(ask(group, people, step, i));
      if (random.nextInt(10) == 0) {
        replies.getLast().join();
      }
    }
    CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)).join();
    assertThat(
            service.query(
                """
                SELECT CONCAT_WS(' ', last_seq, counted, last_counted_seq, last_message_seq,
                  member_count)
                FROM chat_group WHERE group_id = %d
                """
                    .formatted(group)))
        .containsExactly(
            "%d %d %d %d %d"
                .formatted(
                    model.lastSeq(),
                    model.countedUpTo(model.lastSeq()),
                    model.lastCountedSeq(),
                    model.lastMessageSeq(),
                    model.members().size()));
    assertThat(
            service.query(
                "SELECT CONCAT_WS(' ', seq, counted) FROM message WHERE group_id = %d ORDER BY seq"
                    .formatted(group)))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, model.lastSeq())
                .mapToObj(seq -> seq + " " + model.countedUpTo(seq))
                .toList());
    for (int floor = 0; floor <= model.lastSeq(); floor += 7) {
      assertThat(unread(group, floor)).isEqualTo(String.valueOf(model.unreadAfter(floor)));
    }
    assertThat(
            service.query(
                "SELECT user_id FROM group_member WHERE group_id = %d ORDER BY user_id"
                    .formatted(group)))
        .containsExactlyElementsOf(
            model.members().stream().map(person -> String.valueOf(people.get(person))).toList());
  }

  private CompletableFuture<Reply> ask(long group, List<Long> people, Step step, int unique) {
    long actor = people.get(step.actor());
    return switch (step.kind()) {
      case SEND -> service.send(actor, group, "k" + unique, "text");
      case RECALL ->
          service.ask(
              actor,
              "message.recall",
              "{\"groupId\": \"%d\", \"seq\": %d}".formatted(group, step.target()));
      case INVITE ->
          service.ask(
              actor,
              "group.invite",
              "{\"groupId\": \"%d\", \"userIds\": [\"%d\"]}"
                  .formatted(group, people.get(step.target())));
      case LEAVE -> service.ask(actor, "group.leave", "{\"groupId\": \"%d\"}".formatted(group));
    };
  }

  /// By the running numbers alone.
  private String unread(long group, int floor) {
    return service
        .query(
            """
            SELECT g.counted - COALESCE((SELECT m.counted FROM message m
                WHERE m.group_id = g.group_id AND m.seq = %d), 0)
              - (SELECT COUNT(*) FROM recalled r WHERE r.group_id = g.group_id AND r.seq > %d)
            FROM chat_group g WHERE g.group_id = %d
            """
                .formatted(floor, floor, group))
        .getFirst();
  }
}

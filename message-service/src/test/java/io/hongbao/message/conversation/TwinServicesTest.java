package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery.LogRun;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Queries;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.Published;
import io.hongbao.message.TestClock;
import io.hongbao.message.TestService;
import io.hongbao.message.WholeService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two whole services on one database, asked about the same groups at random: what the one has
/// answered holds at the other at once, and together they make one log.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class TwinServicesTest {

  private static final long SEED = 20_261;
  private static final int SESSIONS = 6;
  private static final int STEPS = 60;

  private final TestServices services;
  private final Published published = new Published();
  private final TestService helper;
  private final List<WholeService> twins;

  TwinServicesTest(TestServices services) {
    this.services = services;
    this.helper = TestService.start(services);
    this.twins = List.of(start(services), start(services));
  }

  private WholeService start(TestServices services) {
    return WholeService.start(services, services.jdbcUrl(), published, new TestClock());
  }

  @AfterAll
  void close() {
    twins.forEach(WholeService::close);
    helper.close();
  }

  @Test
  void whatOneHasChangedHoldsAtTheOther() {
    List<Long> users = helper.users(3);
    long owner = users.get(0);
    long guest = users.get(2);
    long group = helper.group(users.subList(0, 2));
    List<String> asked =
        List.of("message.history", "group.members", "message.search", "message.pinned", "typing");
    for (int round = 0; round < 10; round++) {
      WholeService here = twins.get(round % 2);
      WholeService there = twins.get((round + 1) % 2);
      ok(here, owner, "group.invite", json(group, "\"userIds\": [\"%d\"]".formatted(guest)));
      for (String op : asked) {
        ok(there, guest, op, json(group, "\"query\": \"hi\", \"limit\": 5"));
      }
      ok(there, guest, "message.send", TestService.sendJson(group, "in" + round, "hi"));
      assertThat(ok(there, guest, "conversation.list", "{\"limit\": 5}").get("conversations"))
          .hasSize(1);

      ok(here, owner, "group.remove", json(group, "\"userIds\": [\"%d\"]".formatted(guest)));
      for (String op : asked) {
        assertThat(code(there, guest, op, json(group, "\"query\": \"hi\", \"limit\": 5")))
            .as(op)
            .isEqualTo("not_a_member");
      }
      assertThat(
              code(there, guest, "message.send", TestService.sendJson(group, "out" + round, "hi")))
          .isEqualTo("not_a_member");
      assertThat(ok(there, guest, "conversation.list", "{\"limit\": 5}").get("conversations"))
          .isEmpty();
      assertThat(there.memberships().groupsOf(guest).toCompletableFuture().join()).isEmpty();
    }
  }

  @Test
  void anyMixOfRequestsMakesOneLog() throws Exception {
    List<Long> users = helper.users(7);
    List<Long> groups = List.of(helper.group(users), helper.group(users));
    published.clear();
    Map<String, Long> seqs = new ConcurrentHashMap<>();
    var sessions = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < SESSIONS; number++) {
        var session = new Session(number, users, groups, seqs);
        sessions.add(threads.submit(session::run));
      }
      for (Future<?> session : sessions) {
        session.get();
      }
    }
    groups.forEach(group -> assertOneLog(group, seqs));
    for (long user : users) {
      assertThat(ok(twins.get(0), user, "conversation.list", "{\"limit\": 9}"))
          .isEqualTo(ok(twins.get(1), user, "conversation.list", "{\"limit\": 9}"));
    }
    assertUnreadIsWhatTheLogSays();
  }

  private void assertOneLog(long group, Map<String, Long> seqs) {
    List<String> rows =
        helper.query(
            "SELECT CONCAT_WS(' ', seq, CONVERT(client_message_id USING utf8mb4)) FROM message"
                + " WHERE group_id = %d ORDER BY seq".formatted(group));
    assertThat(rows.stream().map(row -> Long.valueOf(row.split(" ", -1)[0])))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, rows.size()).boxed().toList());
    for (String row : rows) {
      String[] column = row.split(" ", -1);
      if (column.length > 1 && column[1].startsWith("s")) {
        assertThat(seqs.remove(column[1])).isEqualTo(Long.valueOf(column[0]));
      }
    }
    List<LogRun> runs =
        published.runs(group).stream().sorted(Comparator.comparing(LogRun::firstSeq)).toList();
    for (int i = 1; i < runs.size(); i++) {
      assertThat(runs.get(i).firstSeq()).isEqualTo(runs.get(i - 1).lastSeq() + 1);
    }
    assertThat(runs.getLast().lastSeq()).isEqualTo(rows.size());
  }

  private void assertUnreadIsWhatTheLogSays() {
    var meters = new SimpleMeterRegistry();
    try (var queries = new Queries(2);
        var redis = Redis.open(services.redisUrl());
        var verifier =
            new UnreadVerifier(helper.database(), queries, new UnreadCache(redis), meters)) {
      while (verifier.verifySome()) {
        // there is more
      }
      assertThat(meters.get("hongbao.unread.drift").gauge().value()).isZero();
    }
  }

  /// One client that asks either of the two, one request after the other; now and then it repeats a
  /// message at the other before it has the answer.
  private final class Session {
    private final int number;
    private final List<Long> users;
    private final List<Long> groups;
    private final Map<String, Long> seqs;
    private final Random random;

    Session(int number, List<Long> users, List<Long> groups, Map<String, Long> seqs) {
      this.number = number;
      this.users = users;
      this.groups = groups;
      this.seqs = seqs;
      this.random = new Random(SEED + number);
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        long group = any(groups);
        long user = any(users);
        long owner = users.getFirst();
        String target = "\"userIds\": [\"%d\"]".formatted(any(users.subList(1, users.size())));
        String seq = "\"seq\": %d".formatted(1 + random.nextInt(40));
        switch (random.nextInt(12)) {
          case 0, 1, 2, 3 -> send(user, group, "s" + number + "-" + step);
          case 4 -> ask(user, "message.recall", json(group, seq));
          case 5 -> ask(owner, "group.remove", json(group, target));
          case 6 -> ask(owner, "group.invite", json(group, target));
          case 7 -> ask(users.getLast(), "group.leave", json(group, "\"limit\": 1"));
          case 8 -> ask(user, "message.react", json(group, seq + ", \"emoji\": \"👍\""));
          case 9 -> ask(owner, "message.pin", json(group, seq));
          case 10 -> ask(user, "message.read", json(group, seq));
          default -> ask(user, "conversation.list", "{\"limit\": 9}");
        }
      }
    }

    private void send(long user, long group, String key) {
      String data = TestService.sendJson(group, key, "hi");
      int first = random.nextInt(2);
      var replies = new ArrayList<CompletableFuture<Reply>>();
      replies.add(hand(twins.get(first), user, "message.send", data));
      if (random.nextInt(4) == 0) {
        replies.add(hand(twins.get(1 - first), user, "message.send", data));
      }
      for (CompletableFuture<Reply> reply : replies) {
        if (answered(reply.join()) instanceof Reply.Success sent) {
          long seq = TestService.data(sent).get("seq").longValue();
          assertThat(seqs.merge(key, seq, (before, _) -> before)).isEqualTo(seq);
        }
      }
    }

    private void ask(long user, String op, String data) {
      answered(hand(any(twins), user, op, data).join());
    }

    private Reply answered(Reply reply) {
      if (reply instanceof Reply.Failure(var refusal)) {
        assertThat(refusal.code()).isNotIn(ErrorCode.INTERNAL, ErrorCode.UNAVAILABLE);
      }
      return reply;
    }

    private <T> T any(List<T> all) {
      return all.get(random.nextInt(all.size()));
    }
  }

  private static CompletableFuture<Reply> hand(
      WholeService through, long user, String op, String data) {
    return through.ask(new Caller(user, user, "device", "127.0.0.1"), op, data);
  }

  private static JsonNode ok(WholeService through, long user, String op, String data) {
    return TestService.data(hand(through, user, op, data).join());
  }

  private static String code(WholeService through, long user, String op, String data) {
    return TestService.code(hand(through, user, op, data).join());
  }

  private static String json(long group, String rest) {
    return "{\"groupId\": \"%d\", %s}".formatted(group, rest);
  }
}

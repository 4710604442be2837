package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import io.hongbao.message.conversation.UnreadModel.Expected;
import io.hongbao.message.group.Rules.HistoryPolicy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;

/// Random logs against a plain recount, through Redis and without it.
final class UnreadPropertyTest {

  private static final int USERS = 4;

  private final TestServices services = TestServices.startAlone(UnreadPropertyTest.class);
  private final ReadSide withRedis = ReadSide.open(services);
  private final ReadSide withoutRedis = ReadSide.open(services, "redis://127.0.0.1:1");

  /// What may happen in a group; users and places by number, taken modulo what there is.
  sealed interface Step {
    record Texts(int user, int count) implements Step {}

    record Mention(int user, Set<Integer> users, boolean all) implements Step {}

    record Recall(int place) implements Step {}

    record JoinOrLeave(int user) implements Step {}

    record Mark(int user, int place) implements Step {}

    record Policy(boolean sinceJoin) implements Step {}

    record Look() implements Step {}

    record FlushRedis() implements Step {}
  }

  @AfterProperty
  void close() throws IOException {
    withoutRedis.close();
    withRedis.close();
    services.close();
  }

  @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
  void isWhatAPlainRecountSays(@ForAll("steps") List<Step> steps) {
    var run = new Run(withRedis, withoutRedis);
    steps.forEach(run::take);
    run.look();
    run.verify();
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> user = Arbitraries.integers().between(0, USERS - 1);
    Arbitrary<Integer> place = Arbitraries.integers().between(0, 1_000);
    Arbitrary<Step> texts =
        Combinators.combine(user, Arbitraries.of(1, 1, 2, 5, 60)).as(Step.Texts::new);
    Arbitrary<Step> mention =
        Combinators.combine(user, user.set().ofMaxSize(2), Arbitraries.of(true, false))
            .as(Step.Mention::new);
    return Arbitraries.frequencyOf(
            Tuple.of(4, texts),
            Tuple.of(2, mention),
            Tuple.of(3, place.map(Step.Recall::new)),
            Tuple.of(2, user.map(Step.JoinOrLeave::new)),
            Tuple.of(3, Combinators.combine(user, place).as(Step.Mark::new)),
            Tuple.of(1, Arbitraries.of(true, false).map(Step.Policy::new)),
            Tuple.of(2, Arbitraries.just(new Step.Look())),
            Tuple.of(1, Arbitraries.just(new Step.FlushRedis())))
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  /// One group through one list of steps, in the tables and in memory.
  private static final class Run {
    private final ReadSide withRedis;
    private final ReadSide withoutRedis;
    private final List<Long> users =
        LongStream.range(0, USERS).mapToObj(_ -> TestGroup.newId()).toList();
    private final UnreadModel model = new UnreadModel();
    private final TestGroup group;
    private boolean sinceJoin;

    Run(ReadSide withRedis, ReadSide withoutRedis) {
      this.withRedis = withRedis;
      this.withoutRedis = withoutRedis;
      this.group = withRedis.group(users.getFirst());
      model.join(users.getFirst());
    }

    void take(Step step) {
      switch (step) {
        case Step.Texts(int user, int count) -> texts(users.get(user), count);
        case Step.Mention mention -> mention(mention);
        case Step.Recall(int place) -> recall(place);
        case Step.JoinOrLeave(int user) -> joinOrLeave(users.get(user));
        case Step.Mark(int user, int place) -> mark(users.get(user), place);
        case Step.Policy(boolean since) -> {
          sinceJoin = since;
          group.historyPolicy(since ? HistoryPolicy.SINCE_JOIN : HistoryPolicy.ALL);
        }
        case Step.Look() -> look();
        case Step.FlushRedis() -> withRedis.redis.sync().flushdb();
      }
    }

    private void texts(long userId, int count) {
      if (model.isMember(userId)) {
        group.texts(userId, count);
        for (int i = 0; i < count; i++) {
          model.text(userId, Set.of());
        }
      }
    }

    private void mention(Step.Mention mention) {
      long sender = users.get(mention.user());
      if (model.isMember(sender)) {
        Set<Long> mentioned =
            new HashSet<>(mention.users().stream().map(users::get).collect(Collectors.toSet()));
        if (mention.all()) {
          mentioned.add(TestGroup.EVERYBODY);
        }
        group.text(sender, "@", mentioned.stream().mapToLong(Long::longValue).toArray());
        model.text(sender, mentioned);
      }
    }

    private void recall(int place) {
      List<Long> seqs = model.recallable();
      if (!seqs.isEmpty()) {
        long seq = seqs.get(seqs.size() - 1 - place % seqs.size());
        group.recall(users.getFirst(), seq);
        model.recall(seq);
      }
    }

    private void joinOrLeave(long userId) {
      if (model.isMember(userId)) {
        group.leave(userId);
        model.leave(userId);
      } else {
        group.join(userId);
        model.join(userId);
      }
    }

    private void mark(long userId, int place) {
      if (model.isMember(userId)) {
        long seq = place % (model.lastSeq() + 2);
        JsonNode reply =
            withRedis.ask(
                userId, "message.read", "{\"groupId\":\"" + group.id + "\",\"seq\":" + seq + "}");
        model.mark(userId, seq);
        Expected expected = model.expected(userId, sinceJoin);
        assertThat(reply.toString())
            .isEqualTo(
                "{\"readSeq\":%d,\"unread\":%d}".formatted(expected.readSeq(), expected.unread()));
      }
    }

    void look() {
      for (long userId : users) {
        if (model.isMember(userId)) {
          Expected expected = model.expected(userId, sinceJoin);
          assertThat(seen(withRedis, userId)).isEqualTo(expected);
          assertThat(seen(withRedis, userId)).as("from the cache").isEqualTo(expected);
          assertThat(seen(withoutRedis, userId)).as("without Redis").isEqualTo(expected);
        }
      }
    }

    private Expected seen(ReadSide side, long userId) {
      JsonNode seen = side.conversation(userId, group);
      assertThat(seen.get("lastSeq").longValue()).isEqualTo(model.lastSeq());
      return new Expected(
          seen.get("readSeq").longValue(),
          seen.get("unread").intValue(),
          seen.get("mentioned").booleanValue(),
          seen.at("/lastMessage/seq").longValue());
    }

    void verify() {
      var meters = new SimpleMeterRegistry();
      var cache = new UnreadCache(withRedis.redis);
      try (var verifier =
          new UnreadVerifier(withRedis.database, withRedis.queries, cache, meters)) {
        while (verifier.verifySome()) {}
      }
      assertThat(meters.get("hongbao.unread.drift").gauge().value()).isZero();
      group.sql("DELETE FROM group_member WHERE group_id = ?", group.id);
    }
  }
}

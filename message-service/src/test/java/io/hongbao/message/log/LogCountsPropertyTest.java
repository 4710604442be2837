package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.group.Change;
import io.hongbao.message.group.GroupCommand;
import io.hongbao.message.group.GroupFacts;
import io.hongbao.message.group.GroupRow;
import io.hongbao.message.group.GroupRules;
import io.hongbao.message.group.GroupState;
import io.hongbao.message.group.Origin;
import io.hongbao.message.group.Verdict;
import io.hongbao.message.log.LogModel.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Whatever is done in a group, the running numbers are those that counting anew gives.
final class LogCountsPropertyTest {

  private static final long GROUP = 9;
  private static final long NOW = 1_000;

  private final GroupRules rules = new GroupRules(Duration.ofMinutes(2), Duration.ofMinutes(15));

  @Property(tries = 300)
  void theStatesNumbersAreTheModels(
      @ForAll @Size(max = 120) List<@IntRange(min = 0, max = 60_000) Integer> numbers) {
    var model = new LogModel();
    var facts = new GroupFacts();
    LongStream.range(0, LogModel.PEOPLE).map(LogCountsPropertyTest::user).forEach(facts::addUser);
    var log = new ArrayList<Entry>();
    GroupState state = start(facts, log);
    long recalled = 0;
    for (int number : numbers) {
      Step step = Step.of(number);
      Verdict verdict = rules.decide(state, facts, command(step, log.size()), NOW);
      assertThat(verdict instanceof Verdict.Done).as("%s", step).isEqualTo(model.take(step));
      if (verdict instanceof Verdict.Done done) {
        state.apply(done);
        facts.apply(done);
        log.addAll(done.entries());
        recalled += done.changes().stream().filter(Change.Recalled.class::isInstance).count();
      }
      assertNumbers(state.row(), model);
    }
    for (int seq = 1; seq <= model.lastSeq(); seq++) {
      assertThat(log.get(seq - 1).seq()).isEqualTo(seq);
      assertThat(log.get(seq - 1).counted()).isEqualTo(model.countedUpTo(seq));
    }
    assertThat(state.row().counted() - recalled).isEqualTo(model.unreadAfter(0));
  }

  private GroupState start(GroupFacts facts, List<Entry> log) {
    List<Long> others =
        LongStream.range(1, LogModel.FIRST_MEMBERS)
            .map(LogCountsPropertyTest::user)
            .boxed()
            .toList();
    var create = new GroupCommand.Create(new Origin(GROUP, user(0), 1), "group", others, 50, 2);
    var done = (Verdict.Done) rules.decide(null, facts, create, NOW);
    GroupState state = GroupState.created((Change.Created) done.changes().getFirst());
    state.apply(done);
    facts.apply(done);
    log.addAll(done.entries());
    return state;
  }

  private static GroupCommand command(Step step, int unique) {
    var origin = new Origin(GROUP, user(step.actor()), unique);
    return switch (step.kind()) {
      case SEND ->
          new GroupCommand.Send(origin, "k" + unique, 1, EntryType.TEXT, "{}", null, Mentions.NONE);
      case RECALL -> new GroupCommand.Recall(origin, step.target());
      case INVITE -> {
        long invited = user(step.target());
        yield new GroupCommand.Invite(origin, List.of(invited), Map.of(invited, 1_000L + unique));
      }
      case LEAVE -> new GroupCommand.Leave(origin);
    };
  }

  private static long user(long person) {
    return 100 + person;
  }

  private static void assertNumbers(GroupRow row, LogModel model) {
    assertThat(row.lastSeq()).isEqualTo(model.lastSeq());
    assertThat(row.counted()).isEqualTo(model.countedUpTo(model.lastSeq()));
    assertThat(row.lastCountedSeq()).isEqualTo(model.lastCountedSeq());
    assertThat(row.lastMessageSeq()).isEqualTo(model.lastMessageSeq());
    assertThat(row.memberCount()).isEqualTo(model.members().size());
  }
}

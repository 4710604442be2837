package io.hongbao.message.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;

/// Whatever several users ask of a group, in whatever order: the service answers as the model of
/// the protocol does, and what everybody can read of the group in the end is the same. Half of the
/// sequences are asked without waiting for answers, so that many requests meet in one batch.
///
/// More sequences than usual: `-Dtest=GroupModelTest -Djqwik.tries.default=10000`.
final class GroupModelTest {

  private static final int USERS = 6;
  private static final int STEPS_MAX = 30;
  private static final List<Step.Op> OPS = ops();

  /// Groups in which more can happen than in a new one: with people who wait to be let in; open and
  /// with messages; slow and with somebody muted; with people kept out.
  private static final List<List<Step>> BEGINNINGS =
      List.of(
          List.of(),
          List.of(
              new Step(Step.Op.SET_ROLE, 0, 1, 0, 0, true),
              new Step(Step.Op.UPDATE, 0, 0, 0, 5, false),
              new Step(Step.Op.JOIN, 3, 0, 0, 0, true),
              new Step(Step.Op.INVITE, 2, 4, 5, 0, false)),
          List.of(
              new Step(Step.Op.UPDATE, 0, 0, 0, 3, false),
              new Step(Step.Op.JOIN, 3, 0, 0, 0, true),
              new Step(Step.Op.SEND, 0, 0, 3, 0, false),
              new Step(Step.Op.SEND, 2, 1, 0, 1, false),
              new Step(Step.Op.SEND, 3, 0, 3, 2, false),
              new Step(Step.Op.PIN, 0, 0, 0, 4, false)),
          List.of(
              new Step(Step.Op.SET_ROLE, 0, 1, 0, 0, true),
              new Step(Step.Op.SEND, 2, 0, 3, 1, false),
              new Step(Step.Op.UPDATE, 0, 0, 0, 11, true),
              new Step(Step.Op.MUTE, 1, 2, 0, 25, false),
              new Step(Step.Op.INVITE_CODE, 0, 0, 0, 0, false)),
          List.of(
              new Step(Step.Op.UPDATE, 0, 0, 0, 11, true),
              new Step(Step.Op.SEND, 2, 0, 3, 1, false),
              new Step(Step.Op.REMOVE, 0, 3, 1, 0, true)));

  /// An owner and a member at the beginning, and a stranger.
  private static final List<Integer> READERS = List.of(0, 2, 4);

  private static final List<Step.Op> READS =
      List.of(
          Step.Op.GET,
          Step.Op.MEMBERS,
          Step.Op.REQUESTS,
          Step.Op.BANS,
          Step.Op.AUDIT,
          Step.Op.PINNED,
          Step.Op.HISTORY);

  private final TestServices services = TestServices.startAlone(GroupModelTest.class);
  private final TestService service = TestService.start(services, PlainGroup.MEMBERS_MAX);
  private final List<Long> users = service.users(USERS);

  @AfterProperty
  void stop() throws IOException {
    service.close();
    services.close();
  }

  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void answersAsTheModelDoes(
      @ForAll("sequences") List<Step> steps, @ForAll boolean withoutWaiting) {
    var real = new RealGroup(service, users);
    var model = new PlainGroup();
    var asked = new ArrayList<Asked>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = model.aimed(steps.get(i));
      if (step.standsAlone()) {
        compare(asked);
      }
      asked.add(new Asked(i, step, model.answer(i, step), real.asking(i, step)));
      if (!withoutWaiting || step.standsAlone()) {
        compare(asked);
      }
    }
    compare(asked);
    var looks = new LinkedHashMap<Step, CompletableFuture<String>>();
    for (int user : READERS) {
      for (Step.Op op : READS) {
        var look = new Step(op, user, 0, 0, 0, false);
        looks.put(look, real.asking(0, look));
      }
    }
    looks.forEach(
        (look, seen) -> assertThat(seen.join()).as("%s", look).isEqualTo(model.answer(0, look)));
  }

  private record Asked(int index, Step step, String expected, CompletableFuture<String> answer) {}

  private static void compare(List<Asked> asked) {
    for (Asked one : asked) {
      assertThat(one.answer().join())
          .as("step %d: %s", one.index(), one.step())
          .isEqualTo(one.expected());
    }
    asked.clear();
  }

  @Provide
  Arbitrary<List<Step>> sequences() {
    Arbitrary<Integer> user = Arbitraries.integers().between(0, USERS - 1);
    // The owner and the first member ask more often than the others: they may more.
    Arbitrary<Integer> actor =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(0)), Tuple.of(1, Arbitraries.just(1)), Tuple.of(3, user));
    Arbitrary<List<Step>> steps =
        Combinators.combine(
                Arbitraries.of(OPS),
                actor,
                user,
                user,
                Arbitraries.integers().between(0, 25),
                Arbitraries.of(true, false))
            .as(Step::new)
            .list()
            .ofMaxSize(STEPS_MAX)
            .withSizeDistribution(RandomDistribution.uniform());
    return Combinators.combine(Arbitraries.of(BEGINNINGS), steps)
        .as((beginning, rest) -> Stream.concat(beginning.stream(), rest.stream()).toList());
  }

  /// Every operation as often as there are interesting ways for it to go.
  private static List<Step.Op> ops() {
    var ops = new ArrayList<Step.Op>();
    for (Step.Op op : Step.Op.values()) {
      int times =
          switch (op) {
            case SEND, UPDATE -> 8;
            case EDIT, REACT, RECALL, INVITE, JOIN, DECIDE, SET_ROLE, MUTE -> 5;
            case PIN, UNPIN, REMOVE, UNBAN, JOIN_BY_CODE, INVITE_CODE, TRANSFER -> 3;
            case WAIT, LEAVE -> 2;
            case DISSOLVE, NICKNAME, GET, MEMBERS, REQUESTS, BANS, AUDIT, PINNED, HISTORY -> 1;
          };
      ops.addAll(Collections.nCopies(times, op));
    }
    return ops;
  }
}

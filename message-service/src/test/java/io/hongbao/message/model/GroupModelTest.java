package io.hongbao.message.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Whatever several users ask of a group, in whatever order: the service answers as the model of
/// the protocol does, and what everybody can read of the group in the end is the same.
final class GroupModelTest {

  private static final int USERS = 6;
  private static final int STEPS_MAX = 40;

  @SuppressWarnings("NullAway.Init") // before the first sequence
  private static TestServices services;

  @SuppressWarnings("NullAway.Init")
  private static TestService service;

  @SuppressWarnings("NullAway.Init")
  private static List<Long> users;

  @BeforeContainer
  static void start() {
    services = TestServices.startAlone(GroupModelTest.class);
    service = TestService.start(services, PlainGroup.MEMBERS_MAX);
    users = service.users(USERS);
  }

  @AfterContainer
  static void stop() throws IOException {
    service.close();
    services.close();
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void answersAsTheModelDoes(@ForAll("sequences") List<Step> steps) {
    var real = new RealGroup(service, users);
    var model = new PlainGroup();
    for (int i = 0; i < steps.size(); i++) {
      assertThat(real.answer(i, steps.get(i)))
          .as("step %d: %s", i, steps.get(i))
          .isEqualTo(model.answer(i, steps.get(i)));
    }
    for (int user = 0; user < USERS; user++) {
      for (Step.Op op :
          List.of(
              Step.Op.GET,
              Step.Op.MEMBERS,
              Step.Op.REQUESTS,
              Step.Op.BANS,
              Step.Op.AUDIT,
              Step.Op.PINNED,
              Step.Op.HISTORY)) {
        var look = new Step(op, user, 0, 0, 0, false);
        assertThat(real.answer(0, look)).as("%s by u%d", op, user).isEqualTo(model.answer(0, look));
      }
    }
  }

  @Provide
  Arbitrary<List<Step>> sequences() {
    Arbitrary<Integer> user = Arbitraries.integers().between(0, USERS - 1);
    // The owner and the first member ask more often than the others: they may more.
    Arbitrary<Integer> actor =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(2, Arbitraries.just(0)),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(1)),
            net.jqwik.api.Tuple.of(3, user));
    return Combinators.combine(
            Arbitraries.of(Step.Op.class),
            actor,
            user,
            user,
            Arbitraries.integers().between(0, 25),
            Arbitraries.of(true, false))
        .as(Step::new)
        .list()
        .ofMaxSize(STEPS_MAX);
  }
}

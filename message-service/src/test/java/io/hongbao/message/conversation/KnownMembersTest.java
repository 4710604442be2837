package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.message.group.Role;
import io.hongbao.message.group.Rules.Allowed;
import io.hongbao.message.group.Rules.HistoryPolicy;
import io.hongbao.message.group.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownMembersTest {

  private static final MemberKey ANN = new MemberKey(1, 2);

  private static final Outcome<Standing> STANDING =
      Outcome.done(
          new Standing(1, HistoryPolicy.ALL, Allowed.EVERYONE, false, Role.MEMBER, 1, 0, 0));

  private final KnownMembers members = new KnownMembers();

  @Test
  void remembersWhatWasSaidLast() {
    assertThat(members.find(ANN)).isNull();
    assertThat(members.ask(ANN, () -> STANDING)).isEqualTo(STANDING);
    assertThat(members.find(ANN)).isNotNull();

    members.ask(ANN, () -> Outcome.refused(ErrorCode.NOT_A_MEMBER, "not a member"));
    assertThat(members.find(ANN)).isNull();
  }

  @Test
  void forgetsWhoIsRemoved() {
    members.ask(ANN, () -> STANDING);
    members.forget(1, List.of(3L));
    members.forget(4, List.of(2L));
    assertThat(members.find(ANN)).isNotNull();

    members.forget(1, List.of(2L, 3L));
    assertThat(members.find(ANN)).isNull();
  }

  @Test
  void doesNotRememberWhatWasSaidBeforeTheRemoval() {
    members.ask(
        ANN,
        () -> {
          members.forget(1, List.of(2L));
          return STANDING;
        });
    assertThat(members.find(ANN)).isNull();
  }
}

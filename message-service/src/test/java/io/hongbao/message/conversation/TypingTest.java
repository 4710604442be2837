package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Delivery.GroupSignal;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.Published;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import io.hongbao.message.group.Role;
import io.hongbao.message.group.Rules.Allowed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TypingTest {

  private final ReadSide side;
  private final long owner = TestGroup.newId();
  private final long member = TestGroup.newId();
  private TestGroup group;

  TypingTest(TestServices services) {
    this.side = ReadSide.open(services);
    this.group = side.group(owner);
  }

  @BeforeEach
  void newGroup() {
    side.push.clear();
    group = side.group(owner);
    group.join(member);
  }

  @AfterAll
  void close() {
    side.close();
  }

  @Test
  void isToldToTheOthers() {
    assertThat(side.ask(member, "typing", data()).toString()).isEqualTo("{}");
    var signals = side.push.all(GroupSignal.class);
    assertThat(signals).hasSize(1);
    assertThat(signals.getFirst().groupId()).isEqualTo(group.id);
    assertThat(signals.getFirst().exceptUserId()).isEqualTo(member);
    assertThat(Published.json(signals.getFirst().event()).toString())
        .isEqualTo(
            "{\"event\":\"typing\",\"data\":{\"groupId\":\"%d\",\"userId\":\"%d\"}}"
                .formatted(group.id, member));
  }

  @Test
  void onlyMembersType() {
    assertThat(side.refusal(TestGroup.newId(), "typing", data()).code())
        .isEqualTo(ErrorCode.NOT_A_MEMBER);
    assertThat(side.refusal(member, "typing", "{\"groupId\":\"1\"}").code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(side.push.all(GroupSignal.class)).isEmpty();
  }

  @Test
  void theMutedDoNotUntilTheirMuteEnds() {
    group.mute(member, ReadSide.NOW + 5_000);
    assertThat(side.refusal(member, "typing", data()))
        .isEqualTo(
            new Refusal(
                ErrorCode.MUTED,
                "you are muted in this group",
                null,
                5_000L,
                ReadSide.NOW + 5_000));
    group.mute(member, ReadSide.NOW);
    assertThat(side.ask(member, "typing", data())).isEmpty();
  }

  @Test
  void whereOnlyAdminsPostOnlyAdminsType() {
    group.postPolicy(Allowed.ADMINS);
    Refusal refusal = side.refusal(member, "typing", data());
    assertThat(refusal.code()).isEqualTo(ErrorCode.MUTED);
    assertThat(refusal.untilAt()).isNull();
    assertThat(refusal.retryAfterMs()).isNull();
    assertThat(side.ask(owner, "typing", data())).isEmpty();
    group.role(member, Role.ADMIN);
    assertThat(side.ask(member, "typing", data())).isEmpty();
  }

  @Test
  void aMuteSilencesAnAdminToo() {
    group.role(member, Role.ADMIN);
    group.mute(member, ReadSide.NOW + 1);
    assertThat(side.refusal(member, "typing", data()).code()).isEqualTo(ErrorCode.MUTED);
  }

  @Test
  void nobodyTypesInADissolvedGroup() {
    group.dissolve(owner);
    assertThat(side.refusal(owner, "typing", data()).code()).isEqualTo(ErrorCode.GROUP_DISSOLVED);
  }

  private String data() {
    return "{\"groupId\":\"" + group.id + "\"}";
  }
}

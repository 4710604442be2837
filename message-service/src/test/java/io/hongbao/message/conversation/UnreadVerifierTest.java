package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import io.hongbao.message.log.EntryType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UnreadVerifierTest {

  private final ReadSide side;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final UnreadVerifier verifier;
  private final long owner = TestGroup.newId();
  private final long reader = TestGroup.newId();
  private TestGroup group;
  private double driftBefore;

  UnreadVerifierTest(TestServices services) {
    this.side = ReadSide.open(services);
    this.verifier =
        new UnreadVerifier(side.database, side.queries, new UnreadCache(side.redis), meters);
    this.group = side.group(owner);
  }

  @BeforeEach
  void newGroup() {
    driftBefore = meters.get("hongbao.unread.drift").gauge().value();
    group.sql("DELETE FROM group_member");
    group = side.group(owner);
    group.join(reader);
    group.texts(owner, 10);
    group.recall(owner, 5);
    group.text(reader, "mine");
    group.texts(owner, 120);
  }

  @AfterAll
  void close() {
    verifier.close();
    side.close();
  }

  @Test
  void findsNothingWhereAllIsRight() {
    for (int i = 0; i < 8; i++) {
      var _ = group.joinMany(UnreadVerifier.RUN_MEMBERS / 4);
      group.texts(owner, 1);
    }
    int runs = 1;
    while (verifier.verifySome()) {
      runs++;
    }
    assertThat(runs).isEqualTo(3);
    assertThat(drift()).isZero();
  }

  @ParameterizedTest
  @EnumSource(EntryType.class)
  void countsWhatTheTypesSayThatCounts(EntryType type) {
    group.readMark(reader, group.lastSeq());
    group.entry(owner, type);
    verifier.verifySome();
    assertThat(drift()).isZero();
    assertThat(side.conversation(reader, group).get("unread").intValue())
        .isEqualTo(type.countable() ? 1 : 0);
  }

  @Test
  void findsAWrongRunningNumber() {
    group.sql("UPDATE chat_group SET counted = counted - 30 WHERE group_id = ?", group.id);
    verifier.verifySome();
    assertThat(drift()).isEqualTo(1);
  }

  @Test
  void findsARecallThatIsNotNoted() {
    group.sql("DELETE FROM message_state");
    long seq = group.lastSeq();
    group.readMark(reader, seq - 50);
    group.recall(owner, seq);
    group.sql("DELETE FROM recalled WHERE group_id = ? AND seq = ?", group.id, seq);
    verifier.verifySome();
    assertThat(drift()).isEqualTo(1);
  }

  @Test
  void findsAndMendsAWrongCachedValue() {
    String field = Long.toString(group.id);
    String key = "unread:{" + reader + "}";
    assertThat(side.conversation(reader, group).get("unread").intValue()).isEqualTo(100);
    await().until(() -> side.redis.sync().hget(key, field) != null);
    String right = side.redis.sync().hget(key, field);
    side.redis.sync().hset(key, field, right.replace(",100,", ",42,"));
    assertThat(side.conversation(reader, group).get("unread").intValue()).isEqualTo(42);
    verifier.verifySome();
    assertThat(drift()).isEqualTo(1);
    await().until(() -> right.equals(side.redis.sync().hget(key, field)));
    assertThat(side.conversation(reader, group).get("unread").intValue()).isEqualTo(100);
  }

  private double drift() {
    return meters.get("hongbao.unread.drift").gauge().value() - driftBefore;
  }
}

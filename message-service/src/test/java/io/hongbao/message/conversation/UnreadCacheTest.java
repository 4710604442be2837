package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import io.hongbao.message.group.Rules.HistoryPolicy;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UnreadCacheTest {

  private final ReadSide side;
  private final long owner = TestGroup.newId();
  private long reader;
  private TestGroup group;

  UnreadCacheTest(TestServices services) {
    this.side = ReadSide.open(services);
    this.group = side.group(owner);
  }

  /// Entry 1 made the group, 2 is the join, 3 to 6 are texts.
  @BeforeEach
  void newGroup() {
    reader = TestGroup.newId();
    group = side.group(owner);
    group.join(reader);
    group.texts(owner, 4);
  }

  @AfterAll
  void close() {
    side.close();
  }

  @Test
  void keepsWhatWasCountedForADay() {
    assertThat(unread()).isEqualTo(4);
    await().until(() -> !cached().isEmpty());
    assertThat(cached()).isEqualTo(Map.of(Long.toString(group.id), "6,0,2;0,4,0"));
    assertThat(side.redis.sync().ttl(key())).isBetween(86_000L, 86_400L);
  }

  @Test
  void isTakenWhereItFits() {
    put("6,0,2;0,42,0");
    assertThat(unread()).isEqualTo(42);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5,0,2;0,42,0",
        "6,1,2;0,42,0",
        "6,0,1;0,42,0",
        "",
        "42",
        "6,0,2;0,101,0",
        "6,0,2;0,42,2",
        "6,0,2;0,42",
        "6,0,2;0,42,0,0",
        "6,0,2;-1,42,0",
        "99999999999999999999,0,2;0,42,0",
        "x"
      })
  void isAMissOtherwise(String value) {
    put(value);
    assertThat(unread()).isEqualTo(4);
    await().until(() -> "6,0,2;0,4,0".equals(cached().get(Long.toString(group.id))));
  }

  @Test
  void aFieldOfAnotherTypeIsAMiss() {
    side.redis.sync().set(key(), "no hash");
    assertThat(unread()).isEqualTo(4);
    side.redis.sync().del(key());
  }

  @Test
  void everyChangeIsAMiss() {
    assertThat(unread()).isEqualTo(4);
    group.texts(owner, 1);
    assertThat(unread()).isEqualTo(5);
    group.recall(owner, 5);
    assertThat(unread()).isEqualTo(4);
    group.readMark(reader, 4);
    assertThat(unread()).isEqualTo(2);
    group.leave(reader);
    group.join(reader);
    assertThat(unread()).isZero();
  }

  @Test
  void whatIsReadWhollyIsNotKept() {
    group.readMark(reader, group.lastSeq());
    assertThat(unread()).isZero();
    assertThat(cached()).isEmpty();
  }

  @Test
  void readsManyGroupsInBounds() {
    var cache = new UnreadCache(side.redis);
    Head head = new Head(1, 7, null, 1, 0, false, false, 9, 9, 9, 9, 0, HistoryPolicy.ALL, false);
    List<Head> heads =
        LongStream.range(0, UnreadCache.FIELDS_MAX * 2 + 5)
            .mapToObj(id -> withGroup(head, id))
            .toList();
    cache.put(
        7, heads, heads.stream().map(h -> new Tally(0, (int) (h.groupId() % 100), false)).toList());
    await().until(() -> side.redis.sync().hlen("unread:{7}") == heads.size());
    assertThat(cache.get(7, heads))
        .isEqualTo(
            heads.stream().map(h -> new Tally(0, (int) (h.groupId() % 100), false)).toList());
  }

  private static Head withGroup(Head head, long groupId) {
    return new Head(
        groupId,
        head.userId(),
        head.role(),
        head.joinSeq(),
        head.readSeq(),
        head.pinned(),
        head.doNotDisturb(),
        head.lastSeq(),
        head.counted(),
        head.lastCountedSeq(),
        head.lastMessageSeq(),
        head.lastActivityAt(),
        head.historyPolicy(),
        head.dissolved());
  }

  private int unread() {
    return side.conversation(reader, group).get("unread").intValue();
  }

  private void put(String value) {
    side.redis.sync().hset(key(), Long.toString(group.id), value);
  }

  private Map<String, String> cached() {
    return side.redis.sync().hgetall(key());
  }

  private String key() {
    return "unread:{" + reader + "}";
  }
}

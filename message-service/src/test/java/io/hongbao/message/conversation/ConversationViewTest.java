package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConversationViewTest {

  private final ReadSide side;

  ConversationViewTest(TestServices services) {
    this.side = ReadSide.open(services);
  }

  @AfterAll
  void close() {
    side.close();
  }

  @Test
  void aPageIsAllOfOneMomentThoughTheLogGrewSinceItsHeadsWereRead() {
    long owner = TestGroup.newId();
    TestGroup group = side.group(owner);
    List<Head> heads = heads(owner);
    Map<Long, Tally> tallies = tallies(heads);

    long other = TestGroup.newId();
    long seq = grow(group, other, owner);

    Conversation seen = show(heads, tallies).conversations().getFirst();
    assertThat(seen.group().memberCount()).isEqualTo(2);
    assertThat(seen.group().lastSeq()).isEqualTo(seq);
    assertThat(seen.lastSeq()).isEqualTo(seq);
    assertThat(seen.unread()).isEqualTo(1);
    assertThat(seen.mentioned()).isTrue();
    assertThat(Objects.requireNonNull(seen.lastMessage()).seq()).isEqualTo(seq);
  }

  @Test
  void aPageLeavesOutWhatTheUserHasLeftSince() {
    long user = TestGroup.newId();
    TestGroup left = side.group(TestGroup.newId());
    left.join(user);
    TestGroup kept = side.group(user);
    List<Head> heads = heads(user);

    left.leave(user);

    ConversationList.Shown shown = show(heads, tallies(heads));
    assertThat(shown.conversations()).hasSize(1);
    assertThat(shown.conversations().getFirst().group().groupId()).isEqualTo(kept.id);
    assertThat(shown.heads()).hasSize(1);
  }

  @Test
  void whatIsWrittenWhileItIsReadIsNotSeen() {
    long owner = TestGroup.newId();
    TestGroup group = side.group(owner);
    long before = group.lastSeq();

    Conversation seen =
        side.database.snapshot(
            reading -> {
              List<Head> heads = reading.mapper(HeadMapper.class).ofUser(owner);
              grow(group, TestGroup.newId(), owner);
              List<Tally> tallies = new Unread(reading).tallies(heads);
              return new ConversationView(reading).of(heads, tallies).getFirst();
            });

    assertThat(seen.group().memberCount()).isEqualTo(1);
    assertThat(seen.group().lastSeq()).isEqualTo(before);
    assertThat(seen.lastSeq()).isEqualTo(before);
    assertThat(seen.unread()).isZero();
  }

  /// Somebody joins and writes to somebody.
  private static long grow(TestGroup group, long joiner, long mentioned) {
    group.join(joiner);
    group.sql("UPDATE chat_group SET member_count = 2 WHERE group_id = ?", group.id);
    return group.text(joiner, "hello", mentioned);
  }

  private List<Head> heads(long user) {
    return side.database.transact(reading -> reading.mapper(HeadMapper.class).ofUser(user));
  }

  private Map<Long, Tally> tallies(List<Head> heads) {
    List<Tally> tallies = side.database.transact(reading -> new Unread(reading).tallies(heads));
    var byGroup = new HashMap<Long, Tally>();
    for (int i = 0; i < heads.size(); i++) {
      byGroup.put(heads.get(i).groupId(), tallies.get(i));
    }
    return byGroup;
  }

  private ConversationList.Shown show(List<Head> heads, Map<Long, Tally> tallies) {
    return side.database.snapshot(
        reading -> ConversationList.show(reading, heads, List.of(), tallies));
  }
}

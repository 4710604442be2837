package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import java.util.List;
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
  void isAllOfOneMomentThoughTheLogGrewSinceItsHeadWasRead() {
    long owner = TestGroup.newId();
    TestGroup group = side.group(owner);
    List<Head> heads = heads(owner);
    List<Tally> tallies = tallies(heads);

    long other = TestGroup.newId();
    group.join(other);
    group.sql("UPDATE chat_group SET member_count = 2 WHERE group_id = ?", group.id);
    long seq = group.text(other, "hello", owner);

    Conversation seen = view(heads, tallies);
    assertThat(seen.group().memberCount()).isEqualTo(2);
    assertThat(seen.group().lastSeq()).isEqualTo(seq);
    assertThat(seen.lastSeq()).isEqualTo(seq);
    assertThat(seen.unread()).isEqualTo(1);
    assertThat(seen.mentioned()).isTrue();
    assertThat(Objects.requireNonNull(seen.lastMessage()).seq()).isEqualTo(seq);
  }

  private List<Head> heads(long user) {
    return side.database.transact(transaction -> transaction.mapper(HeadMapper.class).ofUser(user));
  }

  private List<Tally> tallies(List<Head> heads) {
    return side.database.transact(transaction -> new Unread(transaction).tallies(heads));
  }

  private Conversation view(List<Head> heads, List<Tally> tallies) {
    return side.database
        .transact(transaction -> new ConversationView(transaction).of(heads, tallies))
        .getFirst();
  }
}

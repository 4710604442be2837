package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.group.Change;
import io.hongbao.message.group.GroupState;
import io.hongbao.message.group.Membership;
import io.hongbao.message.group.Role;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class StateCacheTest {

  private final StateCache cache = new StateCache(12);

  @Test
  void holdsAtMostSoManyMembers() {
    cache.put(group(1, 3));
    cache.put(group(2, 3));
    cache.put(group(3, 3));
    assertThat(cache.members()).isEqualTo(12);
    cache.put(group(4, 2));
    assertThat(cache.get(1)).isNull();
    assertThat(cache.get(2)).isNotNull();
    assertThat(cache.members()).isEqualTo(11);
  }

  @Test
  void keepsWhatIsInUse() {
    cache.put(group(1, 3));
    cache.put(group(2, 3));
    cache.put(group(3, 3));
    cache.get(1);
    cache.put(group(4, 3));
    assertThat(cache.get(1)).isNotNull();
    assertThat(cache.get(2)).isNull();
  }

  @Test
  void aGroupThatGrewWeighsMore() {
    cache.put(group(1, 3));
    cache.put(group(2, 3));
    cache.put(group(2, 9));
    assertThat(cache.get(1)).isNull();
    assertThat(cache.members()).isEqualTo(10);
  }

  @Test
  void aGroupBeyondTheBoundIsNotHeld() {
    cache.put(group(1, 20));
    assertThat(cache.get(1)).isNull();
    assertThat(cache.members()).isZero();
  }

  @Test
  void whatIsEvictedIsGone() {
    cache.put(group(1, 3));
    cache.evict(1);
    cache.evict(2);
    assertThat(cache.get(1)).isNull();
    assertThat(cache.members()).isZero();
  }

  private static GroupState group(long groupId, int members) {
    return new GroupState(
        GroupState.created(new Change.Created(groupId, "g", 1, 500, 0)).row(),
        LongStream.rangeClosed(1, members)
            .mapToObj(userId -> new Membership(userId, Role.MEMBER, 1, 0, 0, null))
            .toList());
  }
}

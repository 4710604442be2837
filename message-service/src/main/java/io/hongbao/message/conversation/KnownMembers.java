package io.hongbao.message.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hongbao.common.error.Outcome;
import io.hongbao.message.group.Standing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the database said last of members, for what goes on while it is away. Whoever this process
/// removes is forgotten at once; a removal by another process is learnt at the next question, or
/// after [#KNOWN_FOR]. Used by any number of threads.
public final class KnownMembers {

  static final Duration KNOWN_FOR = Duration.ofMinutes(10);

  /// Members remembered.
  static final int KNOWN_MAX = 50_000;

  private final Cache<MemberKey, Standing> known =
      Caffeine.newBuilder().maximumSize(KNOWN_MAX).expireAfterWrite(KNOWN_FOR).build();

  private final AtomicLong removals = new AtomicLong();

  /// Asks the database and remembers what it says, unless somebody is removed meanwhile: the answer
  /// may be from before that.
  Outcome<Standing> ask(MemberKey member, Supplier<Outcome<Standing>> database) {
    long before = removals.get();
    Outcome<Standing> answer = database.get();
    switch (answer) {
      case Outcome.Done(Standing standing) -> known.put(member, standing);
      case Outcome.Refused<Standing> _ -> known.invalidate(member);
    }
    if (removals.get() != before) {
      known.invalidate(member);
    }
    return answer;
  }

  @Nullable Standing find(MemberKey member) {
    return known.getIfPresent(member);
  }

  void forget(long groupId, List<Long> userIds) {
    removals.incrementAndGet();
    userIds.forEach(userId -> known.invalidate(new MemberKey(groupId, userId)));
  }
}

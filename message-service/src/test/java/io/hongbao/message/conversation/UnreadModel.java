package io.hongbao.message.conversation;

import io.hongbao.message.TestGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A group's log in memory, counted entry by entry as the protocol says it: what the service has to
/// agree with.
final class UnreadModel {

  private final List<Entry> log = new ArrayList<>();
  private final Map<Long, Long> joinSeqs = new HashMap<>();
  private final Map<Long, Long> marks = new HashMap<>();

  private static final class Entry {
    final long senderId;
    final boolean counts;
    final Set<Long> mentioned;
    final long recalls;
    boolean recalled;

    Entry(long senderId, boolean counts, Set<Long> mentioned, long recalls) {
      this.senderId = senderId;
      this.counts = counts;
      this.mentioned = mentioned;
      this.recalls = recalls;
    }
  }

  /// What a member should see.
  record Expected(long readSeq, int unread, boolean mentioned, long lastMessageSeq) {}

  void text(long senderId, Set<Long> mentioned) {
    log.add(new Entry(senderId, true, mentioned, 0));
  }

  void system() {
    log.add(new Entry(0, false, Set.of(), 0));
  }

  void recall(long seq) {
    at(seq).recalled = true;
    log.add(new Entry(0, false, Set.of(), seq));
  }

  void join(long userId) {
    system();
    joinSeqs.put(userId, lastSeq());
  }

  void leave(long userId) {
    system();
    joinSeqs.remove(userId);
  }

  void mark(long userId, long seq) {
    marks.merge(userId, Math.min(seq, lastSeq()), Math::max);
  }

  boolean isMember(long userId) {
    return joinSeqs.containsKey(userId);
  }

  long lastSeq() {
    return log.size();
  }

  /// The seqs of texts that are not recalled.
  List<Long> recallable() {
    var seqs = new ArrayList<Long>();
    for (long seq = 1; seq <= lastSeq(); seq++) {
      if (at(seq).counts && !at(seq).recalled) {
        seqs.add(seq);
      }
    }
    return seqs;
  }

  Expected expected(long userId, boolean sinceJoin) {
    long join = Objects.requireNonNull(joinSeqs.get(userId), "a member's");
    long own = 0;
    long lastMessage = 0;
    for (long seq = 1; seq <= lastSeq(); seq++) {
      Entry entry = at(seq);
      if (entry.counts && entry.senderId == userId) {
        own = seq;
      }
      if (entry.counts || (entry.recalls != 0 && entry.recalls == lastMessage)) {
        lastMessage = seq;
      }
    }
    long readSeq = Math.max(marks.getOrDefault(userId, 0L), own);
    int unread = 0;
    boolean mentioned = false;
    for (long seq = Math.max(readSeq, join) + 1; seq <= lastSeq(); seq++) {
      Entry entry = at(seq);
      if (entry.counts && !entry.recalled && entry.senderId != userId) {
        unread++;
        mentioned |=
            entry.mentioned.contains(userId) || entry.mentioned.contains(TestGroup.EVERYBODY);
      }
    }
    boolean visible = !sinceJoin || lastMessage >= join;
    return new Expected(readSeq, Math.min(unread, 100), mentioned, visible ? lastMessage : 0);
  }

  private Entry at(long seq) {
    return log.get((int) seq - 1);
  }
}

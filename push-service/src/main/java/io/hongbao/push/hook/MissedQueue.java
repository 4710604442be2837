package io.hongbao.push.hook;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits to be posted, the oldest first, one for each user and group: what is missed while it
/// waits is added to it. Where it is full the oldest goes. Used by any number of threads.
final class MissedQueue {

  private record Key(long userId, long groupId) {}

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Key, Missed> waiting = new LinkedHashMap<>();
  private boolean closed;

  MissedQueue(int most) {
    this.most = most;
  }

  /// @return how many had to go
  int add(List<Missed> all) {
    lock.lock();
    try {
      for (Missed missed : all) {
        waiting.merge(new Key(missed.userId(), missed.groupId()), missed, Missed::and);
      }
      int tooMany = Math.max(0, waiting.size() - most);
      takeOldest(tooMany);
      changed.signalAll();
      return tooMany;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for what there is next.
  ///
  /// @return empty where it was closed and nothing is left
  List<Missed> take(int batchMax) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.await();
      }
      return takeOldest(Math.min(batchMax, waiting.size()));
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more comes.
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private List<Missed> takeOldest(int count) {
    var oldest = new ArrayList<Missed>(count);
    Iterator<Missed> all = waiting.values().iterator();
    for (int i = 0; i < count; i++) {
      oldest.add(all.next());
      all.remove();
    }
    return oldest;
  }
}

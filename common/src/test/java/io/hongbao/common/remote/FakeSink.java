package io.hongbao.common.remote;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Interest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A gateway that keeps what it gets; one that is stuck takes nothing until it is let go.
final class FakeSink implements Interest.Sink {

  final List<Delivery> got = new CopyOnWriteArrayList<>();
  final AtomicInteger missed = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  @Override
  public void deliver(Delivery delivery) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    got.add(delivery);
  }

  @Override
  public void missed() {
    missed.incrementAndGet();
  }

  void stick() {
    gate = new CountDownLatch(1);
  }

  void letGo() {
    gate.countDown();
  }
}

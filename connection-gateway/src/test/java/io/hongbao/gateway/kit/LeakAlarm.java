package io.hongbao.gateway.kit;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;

/// Netty's detector of buffers that nobody released, with a memory of what it found. It looks at
/// every buffer, as `io.netty.leakDetection.level` tells it to.
public final class LeakAlarm<T> extends ResourceLeakDetector<T> {

  private static final int ROUNDS = 3;
  private static final long ROUND_MS = 10;
  private static final List<String> FOUND = new ArrayList<>();

  /// Called by Netty, which finds it under `io.netty.customResourceLeakDetector`.
  public LeakAlarm(Class<?> resourceType, int samplingInterval) {
    super(resourceType, samplingInterval);
  }

  /// Called by Netty where it is old-fashioned.
  public LeakAlarm(Class<?> resourceType, int samplingInterval, long maxActive) {
    this(resourceType, samplingInterval);
  }

  /// What was found since the last call, once what is not in use any more is collected.
  public static List<String> take() throws InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      System.gc();
      Thread.sleep(ROUND_MS);
      ByteBufAllocator.DEFAULT.directBuffer(1).release(); // it looks when something is made
    }
    synchronized (FOUND) {
      List<String> found = List.copyOf(FOUND);
      FOUND.clear();
      return found;
    }
  }

  @Override
  protected boolean needReport() {
    return true;
  }

  @Override
  protected void reportTracedLeak(String resourceType, String records) {
    super.reportTracedLeak(resourceType, records);
    note(resourceType + records);
  }

  @Override
  protected void reportUntracedLeak(String resourceType) {
    super.reportUntracedLeak(resourceType);
    note(resourceType);
  }

  private static void note(String leak) {
    synchronized (FOUND) {
      FOUND.add(leak);
    }
  }
}

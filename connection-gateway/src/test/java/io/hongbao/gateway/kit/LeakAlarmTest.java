package io.hongbao.gateway.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The check that stands behind all other tests here can fail.
class LeakAlarmTest {

  static ByteBufAllocator[] allocators() {
    return new ByteBufAllocator[] {ByteBufAllocator.DEFAULT, UnpooledByteBufAllocator.DEFAULT};
  }

  @Test
  void looksAtEveryBuffer() {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void findsABufferThatNobodyReleased(ByteBufAllocator allocator) throws InterruptedException {
    forget(allocator);
    assertThat(LeakAlarm.take()).hasSize(1);
    assertThat(LeakAlarm.take()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void findsNothingWhereAllWasReleased(ByteBufAllocator allocator) throws InterruptedException {
    allocator.directBuffer(100).writeLong(1).release();
    assertThat(LeakAlarm.take()).isEmpty();
  }

  private static void forget(ByteBufAllocator allocator) {
    ByteBuf forgotten = allocator.directBuffer(100);
    forgotten.writeLong(1);
  }
}

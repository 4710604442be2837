package io.hongbao.common.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TraceIdTest {

  @Test
  void isThirtyTwoHexadecimalDigits() {
    assertThat(new TraceId(0xAL, -1L)).hasToString("000000000000000affffffffffffffff");
    assertThat(TraceId.next().toString()).matches("[0-9a-f]{32}");
    assertThat(Stream.generate(TraceId::next).limit(1_000).distinct()).hasSize(1_000);
  }

  @Test
  void isTheThreadsWhileItWorksForIt() {
    TraceId outer = TraceId.next();
    TraceId inner = TraceId.next();

    assertThat(TraceId.current().isNone()).isTrue();
    assertThat(outer.with(() -> inner.with(TraceId::current))).isEqualTo(inner);
    TraceId afterInner =
        outer.with(
            () -> {
              assertThat(inner.with(TraceId::current)).isEqualTo(inner);
              return TraceId.current();
            });
    assertThat(afterInner).isEqualTo(outer);
    assertThatThrownBy(() -> outer.with(TraceIdTest::fail)).hasMessage("on purpose");
    assertThat(TraceId.current().isNone()).isTrue();
  }

  private static String fail() {
    throw new IllegalStateException("on purpose");
  }
}

package io.hongbao.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Servers that are about to listen get ports of their own.
final class FreePortTest {

  @Test
  void givesEachPortOnce() {
    assertThat(IntStream.range(0, 200).map(_ -> FreePort.find()).boxed()).doesNotHaveDuplicates();
  }

  @Test
  void goesPastAPortThatSomebodyListensOn() throws IOException {
    int port = FreePort.find();
    try (var _ = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePort.find()).isNotEqualTo(port + 1);
    }
  }
}

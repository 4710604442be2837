package io.hongbao.gateway.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.hongbao.benchmarks.micro.Samples;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What the gateway does with each frame that comes in, beside Jackson's streaming over its bytes.
@State(Scope.Thread)
public class EnvelopeBenchmark {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final byte[] frame = Samples.sendFrame();

  @Benchmark
  public @Nullable Object envelope() {
    return Envelope.parse(frame);
  }

  @Benchmark
  public int streamingAlone() throws IOException {
    int tokens = 0;
    try (JsonParser parser = FACTORY.createParser(frame)) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }
}

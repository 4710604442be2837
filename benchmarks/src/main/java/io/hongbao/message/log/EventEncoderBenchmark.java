package io.hongbao.message.log;

import io.hongbao.benchmarks.micro.Samples;
import io.hongbao.common.contract.Frames;
import io.hongbao.common.wire.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What the message service does with each message: reading the request, and making its event,
/// beside copying an event's bytes.
@State(Scope.Thread)
public class EventEncoderBenchmark {

  private final EventEncoder encoder = new EventEncoder();
  private final byte[] data = Samples.sendData();
  private final List<Entry> entries = List.of(entry());
  private final byte[] event = encoder.encode(entries).bytes();

  @Benchmark
  public @Nullable LogRequest request() {
    return LogRequest.parse("message.send", Fields.of(data));
  }

  @Benchmark
  public Frames event() {
    return encoder.encode(entries);
  }

  @Benchmark
  public byte[] copyAlone() {
    return event.clone();
  }

  private static Entry entry() {
    String content = "{\"text\":\"" + Samples.text() + "\"}";
    String key = new String(Samples.clientKey(), StandardCharsets.US_ASCII);
    return new Entry(
        912121168775892992L,
        4_711,
        912121168775893001L,
        912121168775892017L,
        EntryType.TEXT,
        4_700,
        content,
        null,
        null,
        key,
        1L,
        1_800_000_000_000L);
  }
}

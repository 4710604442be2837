package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class ReadMarksConcurrencyTest {

  private static final int WRITERS = 8;
  private static final int MARKS = 40;

  @Test
  void twoProcessesNeverMoveAMarkBackwards(TestServices services) throws Exception {
    try (ReadSide one = ReadSide.open(services);
        ReadSide two = ReadSide.open(services);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long owner = TestGroup.newId();
      TestGroup group = one.group(owner);
      List<Long> readers = group.joinMany(3);
      group.texts(owner, 500);
      var highest = new ConcurrentHashMap<Long, Long>();
      var writers = new ArrayList<Future<?>>();
      for (int i = 0; i < WRITERS; i++) {
        ReadSide side = i % 2 == 0 ? one : two;
        var random = new Random(i);
        writers.add(
            threads.submit(
                () -> {
                  for (int j = 0; j < MARKS; j++) {
                    long reader = readers.get(random.nextInt(readers.size()));
                    mark(side, reader, group, 3 + random.nextInt(490), highest);
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      for (long reader : readers) {
        assertThat(one.conversation(reader, group).get("readSeq").longValue())
            .isEqualTo(highest.get(reader));
      }
    }
  }

  private static void mark(
      ReadSide side,
      long reader,
      TestGroup group,
      long seq,
      ConcurrentHashMap<Long, Long> highest) {
    Long known = highest.getOrDefault(reader, 0L);
    JsonNode reply =
        side.ask(reader, "message.read", "{\"groupId\":\"" + group.id + "\",\"seq\":" + seq + "}");
    long readSeq = reply.get("readSeq").longValue();
    assertThat(readSeq).isGreaterThanOrEqualTo(Math.max(seq, known));
    highest.merge(reader, readSeq, Math::max);
  }
}

package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hongbao.embedded.EmbeddedRedis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@ExtendWith(EmbeddedServices.class)
final class RedisAwayTest {

  @Test
  void unreadComesFromTheDatabaseAndTheLogSaysSoOnce(TestServices services) {
    EmbeddedRedis server = services.privateRedis();
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    Logger logger = (Logger) LoggerFactory.getLogger(UnreadCache.class);
    logger.addAppender(lines);
    try (ReadSide side = ReadSide.open(services, server.url())) {
      long owner = TestGroup.newId();
      long reader = TestGroup.newId();
      TestGroup group = side.group(owner);
      group.join(reader);
      for (int unread = 1; unread <= 3; unread++) {
        group.texts(owner, 1);
        assertThat(unread(side, reader, group)).isEqualTo(unread);
      }
      server.kill();
      for (int unread = 4; unread <= 20; unread++) {
        group.texts(owner, 1);
        assertThat(unread(side, reader, group)).isEqualTo(unread);
      }
      assertThat(lines.list).hasSize(1);
      assertThat(side.ask(reader, "message.read", mark(group, 10)).get("unread").intValue())
          .isEqualTo(12);
      server.restart();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                assertThat(unread(side, reader, group)).isEqualTo(12);
                assertThat(lines.list).hasSize(2);
              });
    } finally {
      logger.detachAppender(lines);
    }
  }

  private static String mark(TestGroup group, long seq) {
    return "{\"groupId\":\"" + group.id + "\",\"seq\":" + seq + "}";
  }

  private static int unread(ReadSide side, long reader, TestGroup group) {
    return side.conversation(reader, group).get("unread").intValue();
  }
}

package io.hongbao.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.JoranException;
import io.hongbao.common.contract.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The server's own `logback.xml`.
final class TraceConverterTest {

  private final LoggerContext context = new LoggerContext();

  @Test
  void aLineHasTheTraceOfTheRequestThatItIsAbout() throws JoranException {
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(Server.class.getResource("/logback.xml"), "logback.xml"));
    var console = (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("console");
    TraceId trace = TraceId.next();

    assertThat(trace.with(() -> line(console.getEncoder()))).endsWith("op=x trace=" + trace + "\n");
    assertThat(line(console.getEncoder())).endsWith("op=x\n");
    context.stop();
  }

  private String line(Encoder<ILoggingEvent> encoder) {
    var event =
        new LoggingEvent(
            "",
            context.getLogger("io.hongbao.Test"),
            ch.qos.logback.classic.Level.WARN,
            "bug op={}",
            null,
            new Object[] {"x"});
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }
}

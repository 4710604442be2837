package io.hongbao.standalone;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.hongbao.common.contract.TraceId;

/// `%trace` in `logback.xml`: the request that the thread works for, where it works for one.
public final class TraceConverter extends ClassicConverter {

  @Override
  public String convert(ILoggingEvent event) {
    TraceId trace = TraceId.current();
    return trace.isNone() ? "" : " trace=" + trace;
  }
}

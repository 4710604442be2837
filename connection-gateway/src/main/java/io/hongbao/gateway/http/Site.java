package io.hongbao.gateway.http;

import java.util.concurrent.CompletionStage;

/// Answers the requests of a port. `answer` is called on the event loop and returns at once.
public interface Site {
  CompletionStage<HttpAnswer> answer(HttpCall call);
}

package io.hongbao.media;

import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.contract.SentMedia;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import io.hongbao.media.upload.Media;
import io.hongbao.media.upload.MediaRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Parses a request and hands it over.
final class MediaExchange implements Exchange {

  private static final Logger log = LoggerFactory.getLogger(MediaExchange.class);

  private final Media media;
  private final SentMedia sent;

  MediaExchange(Media media, SentMedia sent) {
    this.media = media;
    this.sent = sent;
  }

  @Override
  public CompletionStage<Reply> exchange(Request request) {
    return request.trace().with(() -> answer(request));
  }

  private CompletionStage<Reply> answer(Request request) {
    try {
      if (request.caller().isAnonymous()) {
        return refused(ErrorCode.UNAUTHENTICATED, "log in first");
      }
      MediaRequest asked = MediaRequest.parse(request.op(), Fields.of(request.data()));
      return asked == null
          ? refused(ErrorCode.UNKNOWN_OP, "no such operation")
          : media.handle(request.caller(), asked, sent);
    } catch (InvalidFieldException e) {
      return CompletableFuture.completedFuture(Reply.refused(e.refusal()));
    } catch (RuntimeException e) {
      log.error("bug op={}", request.op(), e);
      return refused(ErrorCode.INTERNAL, "internal error");
    }
  }

  private static CompletionStage<Reply> refused(ErrorCode code, String message) {
    return CompletableFuture.completedFuture(Reply.refused(code, message));
  }
}

package io.hongbao.message;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import io.hongbao.message.group.GroupRequest;
import io.hongbao.message.group.Groups;
import io.hongbao.message.log.LogRequest;
import io.hongbao.message.log.Messages;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Parses a request and hands it to the feature that it belongs to.
final class MessageExchange implements Exchange {

  private static final Logger log = LoggerFactory.getLogger(MessageExchange.class);

  private final Messages messages;
  private final Groups groups;

  MessageExchange(Messages messages, Groups groups) {
    this.messages = messages;
    this.groups = groups;
  }

  @Override
  public CompletionStage<Reply> exchange(Request request) {
    try {
      return request.caller().isAnonymous()
          ? refused(ErrorCode.UNAUTHENTICATED, "log in first")
          : handle(request.caller(), request.op(), Fields.of(request.data()));
    } catch (InvalidFieldException e) {
      return CompletableFuture.completedFuture(Reply.refused(e.refusal()));
    } catch (RuntimeException e) {
      log.error("bug op={}", request.op(), e);
      return refused(ErrorCode.INTERNAL, "internal error");
    }
  }

  private CompletionStage<Reply> handle(Caller caller, String op, Fields fields) {
    LogRequest message = LogRequest.parse(op, fields);
    if (message != null) {
      return messages.handle(caller, message);
    }
    GroupRequest group = GroupRequest.parse(op, fields);
    if (group != null) {
      return groups.handle(caller, group);
    }
    return refused(ErrorCode.UNKNOWN_OP, "no such operation");
  }

  private static CompletionStage<Reply> refused(ErrorCode code, String message) {
    return CompletableFuture.completedFuture(Reply.refused(code, message));
  }
}

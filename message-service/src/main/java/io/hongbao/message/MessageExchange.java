package io.hongbao.message;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import io.hongbao.message.account.AccountHandlers;
import io.hongbao.message.account.AccountRequest;
import io.hongbao.message.account.UserRequest;
import io.hongbao.message.conversation.ConversationRequest;
import io.hongbao.message.conversation.Conversations;
import io.hongbao.message.face.FaceRequest;
import io.hongbao.message.face.FaceToFace;
import io.hongbao.message.group.GroupRequest;
import io.hongbao.message.group.Groups;
import io.hongbao.message.history.History;
import io.hongbao.message.history.HistoryRequest;
import io.hongbao.message.log.LogRequest;
import io.hongbao.message.log.Messages;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Parses a request and hands it to the feature that it belongs to.
final class MessageExchange implements Exchange {

  private static final Logger log = LoggerFactory.getLogger(MessageExchange.class);

  private final AccountHandlers accounts;
  private final Messages messages;
  private final Groups groups;
  private final Conversations conversations;
  private final History history;
  private final FaceToFace faceToFace;

  MessageExchange(
      AccountHandlers accounts,
      Messages messages,
      Groups groups,
      Conversations conversations,
      History history,
      FaceToFace faceToFace) {
    this.accounts = accounts;
    this.messages = messages;
    this.groups = groups;
    this.conversations = conversations;
    this.history = history;
    this.faceToFace = faceToFace;
  }

  @Override
  public CompletionStage<Reply> exchange(Request request) {
    try {
      Fields fields = Fields.of(request.data());
      return request.caller().isAnonymous()
          ? handleAnonymous(request.caller(), request.op(), fields)
          : handle(request.caller(), request.op(), fields);
    } catch (InvalidFieldException e) {
      return CompletableFuture.completedFuture(Reply.refused(e.refusal()));
    } catch (RuntimeException e) {
      log.error("bug op={}", request.op(), e);
      return refused(ErrorCode.INTERNAL, "internal error");
    }
  }

  private CompletionStage<Reply> handleAnonymous(Caller caller, String op, Fields fields) {
    AccountRequest account = AccountRequest.parse(op, fields);
    return account != null
        ? accounts.accounts().handle(caller, account)
        : refused(ErrorCode.UNAUTHENTICATED, "log in first");
  }

  private CompletionStage<Reply> handle(Caller caller, String op, Fields fields) {
    LogRequest message = LogRequest.parse(op, fields);
    if (message != null) {
      return messages.handle(caller, message);
    }
    ConversationRequest conversation = ConversationRequest.parse(op, fields);
    if (conversation != null) {
      return conversations.handle(caller, conversation);
    }
    HistoryRequest read = HistoryRequest.parse(op, fields);
    if (read != null) {
      return history.handle(caller, read);
    }
    GroupRequest group = GroupRequest.parse(op, fields);
    if (group != null) {
      return groups.handle(caller, group);
    }
    FaceRequest face = FaceRequest.parse(op, fields);
    if (face != null) {
      return faceToFace.handle(caller, face);
    }
    UserRequest user = UserRequest.parse(op, fields);
    if (user != null) {
      return accounts.users().handle(caller, user);
    }
    return refused(ErrorCode.UNKNOWN_OP, "no such operation");
  }

  private static CompletionStage<Reply> refused(ErrorCode code, String message) {
    return CompletableFuture.completedFuture(Reply.refused(code, message));
  }
}

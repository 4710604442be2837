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
import io.hongbao.message.conversation.Turns;
import io.hongbao.message.face.FaceRequest;
import io.hongbao.message.face.FaceToFace;
import io.hongbao.message.group.AdminRequest;
import io.hongbao.message.group.Administration;
import io.hongbao.message.group.EntryRequest;
import io.hongbao.message.group.GroupRequest;
import io.hongbao.message.group.Groups;
import io.hongbao.message.history.History;
import io.hongbao.message.history.HistoryRequest;
import io.hongbao.message.log.LogRequest;
import io.hongbao.message.log.Messages;
import io.hongbao.message.media.MediaSending;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Parses a request and hands it to the feature that it belongs to.
final class MessageExchange implements Exchange {

  private static final Logger log = LoggerFactory.getLogger(MessageExchange.class);

  /// What stands behind them says the protocol, "Session".
  private static final List<String> FEATURES =
      List.of("audit", "edits", "face", "join_question", "pins", "reactions", "roles", "slow_mode");

  private final AccountHandlers accounts;
  private final Messages messages;
  private final MediaSending mediaSending;
  private final Groups groups;
  private final Administration administration;
  private final Conversations conversations;
  private final History history;
  private final FaceToFace faceToFace;

  /// By session, what has to look something up first: which group it is about, or what is sent. What
  /// the session asks meanwhile waits, since it may be about the same group.
  private final Turns<Long> lookups = new Turns<>();

  MessageExchange(
      AccountHandlers accounts,
      Messages messages,
      MediaSending mediaSending,
      Groups groups,
      Administration administration,
      Conversations conversations,
      History history,
      FaceToFace faceToFace) {
    this.accounts = accounts;
    this.messages = messages;
    this.mediaSending = mediaSending;
    this.groups = groups;
    this.administration = administration;
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
          : handleInOrder(request.caller(), request.op(), fields);
    } catch (InvalidFieldException e) {
      return CompletableFuture.completedFuture(Reply.refused(e.refusal()));
    } catch (RuntimeException e) {
      log.error("bug op={}", request.op(), e);
      return refused(ErrorCode.INTERNAL, "internal error");
    }
  }

  @Override
  public List<String> features() {
    return FEATURES;
  }

  private CompletionStage<Reply> handleAnonymous(Caller caller, String op, Fields fields) {
    AccountRequest account = AccountRequest.parse(op, fields);
    return account != null
        ? accounts.accounts().handle(caller, account)
        : refused(ErrorCode.UNAUTHENTICATED, "log in first");
  }

  private CompletionStage<Reply> handleInOrder(Caller caller, String op, Fields fields) {
    return lookups.settled(caller.sessionId()).toCompletableFuture().isDone()
        ? handle(caller, op, fields)
        : lookups.next(caller.sessionId(), () -> parsed(caller, op, fields));
  }

  private CompletionStage<Reply> parsed(Caller caller, String op, Fields fields) {
    try {
      return handle(caller, op, fields);
    } catch (InvalidFieldException e) {
      return CompletableFuture.completedFuture(Reply.refused(e.refusal()));
    }
  }

  private CompletionStage<Reply> add(Caller caller, LogRequest request) {
    return switch (request) {
      case LogRequest.AtOnce atOnce -> messages.handle(caller, atOnce);
      case LogRequest.SendMedia media ->
          lookups
              .beside(caller.sessionId(), () -> mediaSending.send(caller, media))
              .thenCompose(Function.identity());
    };
  }

  private CompletionStage<Reply> administer(Caller caller, AdminRequest request) {
    return switch (request) {
      case AdminRequest.AboutGroup about -> administration.handle(caller, about);
      case AdminRequest.Decide decide ->
          lookups
              .beside(caller.sessionId(), () -> administration.decide(caller, decide))
              .thenCompose(Function.identity());
    };
  }

  private CompletionStage<Reply> handle(Caller caller, String op, Fields fields) {
    LogRequest message = LogRequest.parse(op, fields);
    if (message != null) {
      return add(caller, message);
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
    AdminRequest admin = AdminRequest.parse(op, fields);
    if (admin != null) {
      return administer(caller, admin);
    }
    EntryRequest entry = EntryRequest.parse(op, fields);
    if (entry != null) {
      return messages.handle(caller, entry);
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

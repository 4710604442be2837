package io.hongbao.message;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.SqlFailure;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import io.hongbao.message.account.AccountHandlers;
import io.hongbao.message.account.AccountRequest;
import io.hongbao.message.account.UserRequest;
import io.hongbao.message.conversation.ConversationRequest;
import io.hongbao.message.conversation.Conversations;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Parses a request and hands it to the feature that it belongs to.
final class MessageExchange implements Exchange {

  private static final Logger log = LoggerFactory.getLogger(MessageExchange.class);

  /// What stands behind them says the protocol, "Session".
  private static final List<String> FEATURES =
      List.of(
          "audit",
          "avatars",
          "edits",
          "face",
          "join_question",
          "pins",
          "reactions",
          "roles",
          "slow_mode");

  private final AccountHandlers accounts;
  private final Messages messages;
  private final MediaSending mediaSending;
  private final Groups groups;
  private final Administration administration;
  private final Conversations conversations;
  private final History history;
  private final FaceToFace faceToFace;

  /// By session, the requests that are not handed over yet. Some have to look up first which group
  /// they are about, or what is sent: what the session asks meanwhile waits, since it may be about
  /// the same group.
  private final Turns<Long> handingOver = new Turns<>();

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
    return CompletableFuture.completedFuture(request)
        .thenCompose(request.caller().isAnonymous() ? this::handleAnonymous : this::handleInTurn)
        .exceptionally(failure -> request.trace().with(() -> failed(request.op(), failure)));
  }

  @Override
  public List<String> features() {
    return FEATURES;
  }

  private CompletionStage<Reply> handleAnonymous(Request request) {
    AccountRequest account = AccountRequest.parse(request.op(), Fields.of(request.data()));
    return account != null
        ? request.trace().with(() -> accounts.accounts().handle(request.caller(), account))
        : CompletableFuture.completedFuture(
            Reply.refused(ErrorCode.UNAUTHENTICATED, "log in first"));
  }

  /// A session asks one thing after the other: where nothing is before a request, it needs no place
  /// in a line.
  private CompletionStage<Reply> handleInTurn(Request request) {
    long sessionId = request.caller().sessionId();
    CompletionStage<CompletionStage<Reply>> handedOver =
        handingOver.settled(sessionId).toCompletableFuture().isDone()
            ? handingOver.beside(sessionId, () -> handOverTraced(request))
            : handingOver.next(sessionId, () -> handOverTraced(request));
    return handedOver.thenCompose(Function.identity());
  }

  private CompletionStage<CompletionStage<Reply>> handOverTraced(Request request) {
    return request.trace().with(() -> handOver(request));
  }

  /// Completes when the request is where the session's next one may follow it; with the answer to
  /// come.
  private CompletionStage<CompletionStage<Reply>> handOver(Request request) {
    Caller caller = request.caller();
    String op = request.op();
    Fields fields = Fields.of(request.data());
    LogRequest message = LogRequest.parse(op, fields);
    if (message != null) {
      return switch (message) {
        case LogRequest.AtOnce atOnce -> atOnce(messages.handle(caller, atOnce));
        case LogRequest.SendMedia media -> mediaSending.send(caller, media);
      };
    }
    ConversationRequest conversation = ConversationRequest.parse(op, fields);
    if (conversation != null) {
      return atOnce(conversations.handle(caller, conversation));
    }
    HistoryRequest read = HistoryRequest.parse(op, fields);
    if (read != null) {
      return atOnce(history.handle(caller, read));
    }
    GroupRequest group = GroupRequest.parse(op, fields);
    if (group != null) {
      return atOnce(groups.handle(caller, group));
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
      return atOnce(messages.handle(caller, entry));
    }
    UserRequest user = UserRequest.parse(op, fields);
    if (user != null) {
      return atOnce(accounts.users().handle(caller, user));
    }
    return atOnce(
        CompletableFuture.completedFuture(
            Reply.refused(ErrorCode.UNKNOWN_OP, "no such operation")));
  }

  private CompletionStage<CompletionStage<Reply>> administer(Caller caller, AdminRequest request) {
    return switch (request) {
      case AdminRequest.AboutGroup about -> atOnce(administration.handle(caller, about));
      case AdminRequest.Update update -> administration.update(caller, update);
      case AdminRequest.Decide decide -> administration.decide(caller, decide);
    };
  }

  private static CompletionStage<CompletionStage<Reply>> atOnce(CompletionStage<Reply> reply) {
    return CompletableFuture.completedFuture(reply);
  }

  private static Reply failed(String op, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof InvalidFieldException invalid) {
      return Reply.refused(invalid.refusal());
    }
    if (SqlFailure.of(cause) != SqlFailure.BUG) { // no ids
      log.warn("database failed op={} reason={}", op, SqlFailure.reason(cause));
      return Queries.unavailable();
    }
    log.error("bug op={}", op, cause);
    return Reply.refused(ErrorCode.INTERNAL, "internal error");
  }
}

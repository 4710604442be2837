package io.hongbao.message.group;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.contract.MediaLibrary.Kind;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.id.Ids;
import io.hongbao.message.Reads;
import io.hongbao.message.log.Lanes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Answers what owner and admins ask about their group: changes in the group's lane, lists behind
/// the changes that were asked for before them.
public final class Administration {

  private final Lanes lanes;
  private final Reads reads;
  private final MediaLibrary library;
  private final Ids ids;

  public Administration(Lanes lanes, Reads reads, MediaLibrary library, Ids ids) {
    this.lanes = lanes;
    this.reads = reads;
    this.library = library;
    this.ids = ids;
  }

  /// Hands the request over at once; the stage never fails.
  public CompletionStage<Reply> handle(Caller caller, AdminRequest.AboutGroup request) {
    return switch (request) {
      case AdminRequest.Change(long groupId, var command) ->
          lanes.submit(command.by(origin(groupId, caller)));
      case AdminRequest.Requests requests ->
          reads.replyToMember(
              "group.requests",
              caller,
              requests.groupId(),
              (tx, standing) -> AdminReads.requests(tx, requests, standing));
      case AdminRequest.Bans bans ->
          reads.replyToMember(
              "group.bans",
              caller,
              bans.groupId(),
              (tx, standing) -> AdminReads.bans(tx, bans, standing));
      case AdminRequest.Audit audit ->
          reads.replyToMember(
              "group.audit",
              caller,
              audit.groupId(),
              (tx, standing) -> AdminReads.audit(tx, audit, standing));
    };
  }

  /// Looks up the avatar where there is a new one, then hands the change over. The outer stage
  /// completes with the handing over, the inner one with the answer; neither fails.
  public CompletionStage<CompletionStage<Reply>> update(
      Caller caller, AdminRequest.Update request) {
    Origin origin = origin(request.groupId(), caller);
    Long avatarMediaId = request.avatarMediaId();
    return avatarMediaId == null
        ? CompletableFuture.completedFuture(lanes.submit(request.by(origin, null)))
        : library
            .uploadedBy(caller.userId(), avatarMediaId, Kind.AVATAR)
            .thenApply(avatar -> lanes.submit(request.by(origin, avatar)));
  }

  /// Looks up which group the request is of, then hands the decision over. The outer stage
  /// completes with the handing over, the inner one with the answer; neither fails.
  public CompletionStage<CompletionStage<Reply>> decide(Caller caller, AdminRequest.Decide decide) {
    CompletionStage<Outcome<Long>> located =
        reads
            .queries()
            .call(
                "group.decide",
                () -> reads.queries().turn(() -> groupOf(decide.requestId())),
                Outcome::refused);
    return located.thenApply(
        outcome ->
            switch (outcome) {
              case Outcome.Refused<Long>(var refusal) ->
                  CompletableFuture.completedFuture(Reply.refused(refusal));
              case Outcome.Done<Long>(Long groupId) ->
                  lanes.submit(
                      new AdminCommand.Decide(
                          origin(groupId, caller), decide.requestId(), decide.accept()));
            });
  }

  private Outcome<Long> groupOf(long requestId) {
    return reads
        .database()
        .transact(
            tx -> {
              JoinRequest request = tx.mapper(AdminMapper.class).request(requestId);
              return request == null
                  ? Outcome.refused(Refusals.NO_SUCH_REQUEST)
                  : Outcome.done(request.groupId());
            });
  }

  private Origin origin(long groupId, Caller caller) {
    return new Origin(groupId, caller.userId(), ids.next());
  }
}

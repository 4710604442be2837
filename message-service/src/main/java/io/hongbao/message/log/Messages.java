package io.hongbao.message.log;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.id.Ids;
import io.hongbao.message.group.EntryCommand;
import io.hongbao.message.group.EntryRequest;
import io.hongbao.message.group.GroupCommand;
import io.hongbao.message.group.Origin;
import java.util.concurrent.CompletionStage;

/// Answers requests that add to a group's log.
public final class Messages {

  private final Lanes lanes;
  private final Ids ids;

  public Messages(Lanes lanes, Ids ids) {
    this.lanes = lanes;
    this.ids = ids;
  }

  /// Hands the request over at once; the stage never fails.
  public CompletionStage<Reply> handle(Caller caller, LogRequest.AtOnce request) {
    return lanes.submit(
        switch (request) {
          case LogRequest.Send send ->
              new GroupCommand.Send(
                  origin(send.groupId(), caller),
                  send.clientMessageId(),
                  send.digest(),
                  send.type(),
                  send.content(),
                  send.replyToSeq(),
                  send.mentions());
          case LogRequest.Recall(long groupId, long seq) ->
              new GroupCommand.Recall(origin(groupId, caller), seq);
        });
  }

  /// The same for media, once it is known what is sent.
  ///
  /// @param content JSON as it is stored and sent out
  public CompletionStage<Reply> handle(Caller caller, LogRequest.SendMedia send, String content) {
    return lanes.submit(
        new GroupCommand.Send(
            origin(send.groupId(), caller),
            send.clientMessageId(),
            send.digest(),
            send.type(),
            content,
            send.replyToSeq(),
            send.mentions(),
            send.mediaIds()));
  }

  /// The same for what is done to entries that are there.
  public CompletionStage<Reply> handle(Caller caller, EntryRequest request) {
    Origin origin = origin(request.groupId(), caller);
    return lanes.submit(
        switch (request) {
          case EntryRequest.Pin pin -> new EntryCommand.Pin(origin, pin.seq());
          case EntryRequest.Unpin unpin -> new EntryCommand.Unpin(origin, unpin.seq());
          case EntryRequest.Edit edit ->
              new EntryCommand.Edit(
                  origin,
                  edit.seq(),
                  new LogRequest.TextContent(edit.text()).json(),
                  edit.text(),
                  edit.mentions());
          case EntryRequest.React react ->
              new EntryCommand.React(origin, react.seq(), react.emoji(), react.added());
        });
  }

  private Origin origin(long groupId, Caller caller) {
    return new Origin(groupId, caller.userId(), ids.next());
  }
}

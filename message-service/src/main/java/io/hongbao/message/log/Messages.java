package io.hongbao.message.log;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.id.Ids;
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
  public CompletionStage<Reply> handle(Caller caller, LogRequest request) {
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

  private Origin origin(long groupId, Caller caller) {
    return new Origin(groupId, caller.userId(), ids.next());
  }
}

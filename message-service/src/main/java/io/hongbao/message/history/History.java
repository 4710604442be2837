package io.hongbao.message.history;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.message.Reads;
import io.hongbao.message.group.StandingMapper;
import io.hongbao.message.history.HistoryRequest.ReadHistory;
import io.hongbao.message.history.HistoryRequest.ReadPinned;
import io.hongbao.message.history.HistoryRequest.SearchMessages;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Answers what is asked of the log as it is.
public final class History {

  /// What the database has to know for this.
  public static final List<Class<?>> MAPPERS =
      List.of(
          StandingMapper.class,
          MessageMapper.class,
          SearchMapper.class,
          ReactionMapper.class,
          PinMapper.class);

  private final Reads reads;
  private final Search search;

  public History(Reads reads) {
    this.reads = reads;
    this.search = new Search(reads);
  }

  public CompletionStage<Reply> handle(Caller caller, HistoryRequest request) {
    return switch (request) {
      case ReadHistory history ->
          reads.replyToMember(
              "message.history",
              caller,
              history.groupId(),
              (transaction, standing) ->
                  Reply.of(HistoryPage.read(transaction, caller.userId(), history, standing)));
      case ReadPinned pinned ->
          reads.replyToMember(
              "message.pinned",
              caller,
              pinned.groupId(),
              (transaction, standing) ->
                  Reply.of(PinnedPage.read(transaction, caller.userId(), pinned, standing)));
      case SearchMessages search -> this.search.search(caller, search);
    };
  }
}

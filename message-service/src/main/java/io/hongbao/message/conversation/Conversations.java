package io.hongbao.message.conversation;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.redis.Redis;
import io.hongbao.message.Reads;
import io.hongbao.message.Turns;
import io.hongbao.message.conversation.ConversationRequest.FindReaders;
import io.hongbao.message.conversation.ConversationRequest.ListConversations;
import io.hongbao.message.conversation.ConversationRequest.MarkRead;
import io.hongbao.message.conversation.ConversationRequest.Typing;
import io.hongbao.message.conversation.ConversationRequest.UpdateConversation;
import io.hongbao.message.group.GroupMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Answers what a user asks about groups as conversations of their own. What a user changes there,
/// and then asks about, takes effect in the order of the calls.
public final class Conversations implements AutoCloseable {

  /// What the database has to know for this, beside what [io.hongbao.message.history.History] has.
  public static final List<Class<?>> MAPPERS =
      List.of(
          GroupMapper.class,
          HeadMapper.class,
          TallyMapper.class,
          StateMapper.class,
          ReaderMapper.class,
          VerifierMapper.class);

  private final Reads reads;
  private final ConversationList list;
  private final ConversationSettings settings;
  private final ReadMarks marks;
  private final TypingSignals typing;
  private final UnreadVerifier verifier;
  private final Turns<MemberKey> turns = new Turns<>();

  private Conversations(
      Reads reads,
      ConversationList list,
      ConversationSettings settings,
      ReadMarks marks,
      TypingSignals typing,
      UnreadVerifier verifier) {
    this.reads = reads;
    this.list = list;
    this.settings = settings;
    this.marks = marks;
    this.typing = typing;
    this.verifier = verifier;
  }

  public static Conversations start(
      Reads reads, Redis redis, Push push, KnownMembers known, Clock clock, MeterRegistry meters) {
    var cache = new UnreadCache(redis);
    return new Conversations(
        reads,
        new ConversationList(reads, cache),
        new ConversationSettings(reads.database(), push),
        ReadMarks.start(reads.database(), push, meters),
        new TypingSignals(reads, push, known, clock),
        UnreadVerifier.start(reads.database(), reads.queries(), cache, meters));
  }

  public CompletionStage<Reply> handle(Caller caller, ConversationRequest request) {
    return switch (request) {
      case ListConversations list -> this.list.list(caller, list);
      case UpdateConversation update -> update(caller, update);
      case MarkRead mark -> markRead(caller, mark);
      case FindReaders readers -> findReaders(caller, readers);
      case Typing typing -> this.typing.signal(caller, typing);
    };
  }

  /// Returns when all read marks that were taken in are written.
  @Override
  public void close() {
    verifier.close();
    marks.close();
  }

  private CompletionStage<Reply> update(Caller caller, UpdateConversation request) {
    return turns.next(
        new MemberKey(request.groupId(), caller.userId()),
        () ->
            reads.inOrder(
                request.groupId(),
                () ->
                    reads
                        .queries()
                        .reply("conversation.update", () -> settings.update(caller, request))));
  }

  private CompletionStage<Reply> markRead(Caller caller, MarkRead request) {
    var mark = new ReadMark(new MemberKey(request.groupId(), caller.userId()), request.seq());
    return turns.beside(
        mark.key(),
        () -> reads.inOrder(request.groupId(), () -> marks.mark(mark, caller.sessionId())));
  }

  private CompletionStage<Reply> findReaders(Caller caller, FindReaders request) {
    return Reads.after(
        turns.settled(new MemberKey(request.groupId(), caller.userId())),
        () ->
            reads.replyToMember(
                "message.readers",
                caller,
                request.groupId(),
                (transaction, standing) -> Readers.find(transaction, request, standing)));
  }
}

package io.hongbao.message;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.TraceId;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.Transaction;
import io.hongbao.message.group.Standing;
import io.hongbao.message.group.StandingMapper;
import io.hongbao.message.log.LogOrder;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/// How requests that change no log are carried out: on a virtual thread, as of one moment, and what
/// is about a group only after the changes of that group that were asked for before.
public record Reads(Database database, LogOrder order, Queries queries) {

  /// What a member asks about a group.
  @FunctionalInterface
  public interface MemberRead {
    Reply read(Transaction transaction, Standing standing);
  }

  public CompletionStage<Reply> reply(String op, Function<Transaction, Reply> read) {
    return queries.reply(op, () -> database.snapshot(read));
  }

  /// Answers a member of a group, dissolved or not. Refusals: `not_found`, `not_a_member`.
  public CompletionStage<Reply> replyToMember(
      String op, Caller caller, long groupId, MemberRead read) {
    return inOrder(
        groupId,
        () -> reply(op, transaction -> ofMember(transaction, caller.userId(), groupId, read)));
  }

  /// Starts `next` once the group's changes that are queued now are decided.
  public <T> CompletionStage<T> inOrder(long groupId, Supplier<CompletionStage<T>> next) {
    return after(order.settled(groupId), next);
  }

  /// Starts `next` after `earlier`, at once where that is complete already.
  public static <T> CompletionStage<T> after(
      CompletionStage<Void> earlier, Supplier<CompletionStage<T>> next) {
    if (earlier.toCompletableFuture().isDone()) {
      return next.get();
    }
    TraceId trace = TraceId.current();
    return earlier.thenCompose(_ -> trace.with(next));
  }

  /// What the user is in the group. Refusals: `not_found`, `not_a_member`.
  public static Outcome<Standing> standing(Transaction transaction, long userId, long groupId) {
    Standing standing = transaction.mapper(StandingMapper.class).find(groupId, userId);
    if (standing == null) {
      return Outcome.refused(ErrorCode.NOT_FOUND, "there is no such group");
    }
    return standing.isMember()
        ? Outcome.done(standing)
        : Outcome.refused(ErrorCode.NOT_A_MEMBER, "not a member of this group");
  }

  private static Reply ofMember(
      Transaction transaction, long userId, long groupId, MemberRead read) {
    return switch (standing(transaction, userId, groupId)) {
      case Refused(var refusal) -> Reply.refused(refusal);
      case Done(var standing) -> read.read(transaction, standing);
    };
  }
}

package io.hongbao.message.packet;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Json;
import io.hongbao.message.Reads;
import io.hongbao.message.group.GroupCommand;
import io.hongbao.message.group.MuteRule;
import io.hongbao.message.group.Origin;
import io.hongbao.message.group.Role;
import io.hongbao.message.group.SlowMode;
import io.hongbao.message.group.Standing;
import io.hongbao.message.group.StandingMapper;
import io.hongbao.message.log.Digest;
import io.hongbao.message.log.EntryMapper;
import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.Lanes;
import io.hongbao.message.log.LogRequest;
import io.hongbao.message.log.Mentions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Groups and their logs as the red packets see them: members from MySQL, entries through the
/// group's lane like any message, which is what makes one key one entry.
public final class PacketGroups implements GroupLog {

  public static final List<Class<?>> MAPPERS = List.of(PacketGroupMapper.class);

  /// Stands before the keys of these entries: together they are longer than a client's own may be,
  /// so that nobody can use one of them first.
  private static final String KEY_PREFIX = "-".repeat(LogRequest.CLIENT_KEY_CHARACTERS_MAX);

  private final Reads reads;
  private final Lanes lanes;
  private final Clock clock;

  public PacketGroups(Reads reads, Lanes lanes, Clock clock) {
    this.reads = reads;
    this.lanes = lanes;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Outcome<Writer>> writer(long groupId, long userId, long companionId) {
    return read("group.writer", groupId, tx -> writer(tx, groupId, userId, companionId));
  }

  @Override
  public CompletionStage<Outcome<Members>> membersAmong(long groupId, Collection<Long> userIds) {
    String ids = List.copyOf(userIds).toString();
    return read(
        "group.members_among",
        groupId,
        tx -> members(tx, groupId, mapper -> mapper.membersAmong(groupId, ids)));
  }

  @Override
  public CompletionStage<Outcome<Members>> members(long groupId) {
    return read(
        "group.all_members",
        groupId,
        tx -> members(tx, groupId, mapper -> mapper.members(groupId)));
  }

  @Override
  public CompletionStage<Outcome<Appended>> append(NewEntry entry) {
    EntryType type =
        switch (entry.kind()) {
          case PACKET -> EntryType.REDPACKET;
          case ANNOUNCEMENT -> EntryType.SYSTEM;
        };
    return lanes
        .submit(
            new GroupCommand.Send(
                new Origin(entry.groupId(), entry.authorId(), entry.messageId()),
                KEY_PREFIX + entry.key(),
                Digest.of(type.name(), entry.content()),
                type,
                entry.content(),
                null,
                Mentions.NONE))
        .thenApply(PacketGroups::appended);
  }

  private <T> CompletionStage<Outcome<T>> read(
      String name, long groupId, Function<Transaction, Outcome<T>> read) {
    Queries queries = reads.queries();
    return reads.inOrder(
        groupId,
        () ->
            queries.call(
                name,
                () -> queries.turn(() -> reads.database().transact(read)),
                Outcome::<T>refused));
  }

  private Outcome<Writer> writer(Transaction tx, long groupId, long userId, long companionId) {
    return switch (Reads.standing(tx, userId, groupId)) {
      case Refused(Refusal refusal) -> Outcome.refused(refusal);
      case Done(Standing standing) -> {
        Refusal refusal = refusal(tx, standing, groupId, userId);
        if (refusal != null) {
          yield Outcome.refused(refusal);
        }
        Standing companion =
            companionId == 0 ? null : tx.mapper(StandingMapper.class).find(groupId, companionId);
        yield Outcome.done(new Writer(companion != null && companion.isMember()));
      }
    };
  }

  private @Nullable Refusal refusal(Transaction tx, Standing member, long groupId, long userId) {
    if (member.dissolved()) {
      return Refusal.of(ErrorCode.GROUP_DISSOLVED, "this group has been dissolved");
    }
    Role role = member.role();
    if (role == null) {
      return null;
    }
    long now = clock.millis();
    Refusal muted = MuteRule.refusal(role, member.mutedUntil(), member.postPolicy(), now);
    return muted != null || member.slowModeMs() == 0
        ? muted
        : SlowMode.refusal(role, member.slowModeMs(), lastPost(tx, groupId, userId), now);
  }

  private static @Nullable Long lastPost(Transaction tx, long groupId, long userId) {
    return tx.mapper(EntryMapper.class).lastPosts("[[%d,%d]]".formatted(groupId, userId)).stream()
        .map(EntryMapper.LastPost::sentAt)
        .findAny()
        .orElse(null);
  }

  private static Outcome<Members> members(
      Transaction tx, long groupId, Function<PacketGroupMapper, List<Long>> read) {
    PacketGroupMapper mapper = tx.mapper(PacketGroupMapper.class);
    Boolean dissolved = mapper.isDissolved(groupId);
    return dissolved == null
        ? Outcome.refused(ErrorCode.NOT_FOUND, "there is no such group")
        : Outcome.done(new Members(dissolved, Set.copyOf(read.apply(mapper))));
  }

  private static Outcome<Appended> appended(Reply reply) {
    return switch (reply) {
      case Reply.Failure(Refusal refusal) -> Outcome.refused(refusal);
      case Reply.Success(byte[] data) -> {
        try {
          JsonNode sent = Json.mapper().readTree(data);
          yield Outcome.done(
              new Appended(
                  sent.get("messageId").asLong(),
                  sent.get("seq").asLong(),
                  sent.get("sentAt").asLong()));
        } catch (IOException e) {
          throw new UncheckedIOException(e); // from an array: it can't
        }
      }
    };
  }
}

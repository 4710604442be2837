package io.hongbao.redpacket.packet;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.sql.Queries;
import io.hongbao.redpacket.packet.ClaimReply.Status;
import io.hongbao.redpacket.packet.PacketCommand.Grab;
import io.hongbao.redpacket.packet.PacketCommand.Load;
import io.hongbao.redpacket.packet.PacketCommand.Open;
import io.hongbao.redpacket.packet.PacketView.Over;
import io.hongbao.redpacket.ticket.Ticket;
import io.hongbao.redpacket.ticket.Tickets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers grabs and openings.
///
/// A grab comes this far without SQL: what this process knows to be over, and what the tickets
/// refuse, is answered from memory. Who has a ticket goes to the packet's writer, and so does
/// everybody while there are no tickets: the way without Redis is the same one, only longer.
public final class Claims {

  /// After so long without a batch a packet that has no ticket left and is not over gets new ones:
  /// whoever held them is gone.
  static final Duration LEAK_AFTER = Duration.ofSeconds(2);

  private static final int RETRY_MS_MIN = 300;
  private static final int RETRY_MS_MAX = 800;

  private static final Logger log = LoggerFactory.getLogger(Claims.class);

  private final PacketViews views;
  private final PacketQueues queues;
  private final Tickets tickets;
  private final GroupMembers members;
  private final Queries queries;

  /// Grabs that are not answered yet: an opening that comes behind one waits for it.
  private final ConcurrentHashMap<Claim, CompletableFuture<Reply>> grabbing =
      new ConcurrentHashMap<>();

  Claims(
      PacketViews views,
      PacketQueues queues,
      Tickets tickets,
      GroupMembers members,
      Queries queries) {
    this.views = views;
    this.queues = queues;
    this.tickets = tickets;
    this.members = members;
    this.queries = queries;
  }

  private record Claim(long packetId, long userId) {}

  CompletionStage<Reply> grab(Caller caller, long packetId) {
    var claim = new Claim(packetId, caller.userId());
    var reply = new CompletableFuture<Reply>();
    grabbing.put(claim, reply);
    var _ =
        guarded("redpacket.grab", () -> grab(claim))
            .whenComplete(
                (answer, _) -> {
                  grabbing.remove(claim, reply);
                  reply.complete(answer);
                });
    return reply;
  }

  CompletionStage<Reply> open(Caller caller, long packetId) {
    CompletionStage<Reply> grab = grabbing.get(new Claim(packetId, caller.userId()));
    Supplier<CompletionStage<Reply>> open =
        () ->
            guarded(
                "redpacket.open",
                () ->
                    view(packetId)
                        .thenCompose(
                            view ->
                                view.isUnknown()
                                    ? done(ClaimRules.NOT_FOUND)
                                    : write(view.known(), new Open(caller.userId()))));
    return grab == null ? open.get() : grab.thenCompose(_ -> open.get());
  }

  private CompletionStage<Reply> grab(Claim claim) {
    return view(claim.packetId)
        .thenCompose(
            view ->
                view.isUnknown() ? done(ClaimRules.NOT_FOUND) : grab(view.known(), claim.userId));
  }

  private CompletionStage<Reply> grab(PacketView packet, long userId) {
    if (!packet.isFor(userId)) {
      return toMember(packet, userId, () -> ClaimRules.NOT_RECIPIENT);
    }
    Over over = packet.over();
    if (over != null) {
      return over.takers().contains(userId)
          ? write(packet, new Grab(userId, 0))
          : nothing(packet, userId, over.reply());
    }
    packet.asksForTicket();
    return tickets
        .grab(packet.packetId(), userId)
        .thenCompose(
            ticket -> {
              try {
                return grab(packet, userId, ticket);
              } finally {
                packet.hasHeard();
              }
            });
  }

  private CompletionStage<Reply> grab(PacketView packet, long userId, Ticket ticket) {
    return switch (ticket.result()) {
      case TICKET -> writeWithTicket(packet, new Grab(userId, ticket.epoch()));
      case AWAY -> write(packet, new Grab(userId, 0));
      case NOT_LOADED -> {
        CompletionStage<Reply> reply = write(packet, new Grab(userId, 0));
        var _ = queues.submit(packet, new Load());
        yield reply;
      }
      case EMPTY -> nothing(packet, userId, ClaimReply.EMPTY);
      case EXPIRED -> nothing(packet, userId, ClaimReply.EXPIRED);
      case BUSY -> busy(packet, userId);
    };
  }

  /// Those who hold the tickets are being written: what comes of it is waited for, since it is
  /// final most of the time.
  private CompletionStage<Reply> busy(PacketView packet, long userId) {
    return queues
        .idle(packet.packetId())
        .thenComposeAsync(
            _ -> {
              Over over = packet.over();
              if (over != null) {
                return over.takers().contains(userId)
                    ? write(packet, new Grab(userId, 0))
                    : nothing(packet, userId, over.reply());
              }
              if (packet.quietNanos() > LEAK_AFTER.toNanos()) {
                var _ = queues.submit(packet, new Load());
              }
              return toMember(packet, userId, Claims::crowded);
            },
            queries.threads());
  }

  private CompletionStage<Reply> nothing(PacketView packet, long userId, ClaimReply reply) {
    return toMember(packet, userId, () -> new Verdict.Answered(reply));
  }

  private CompletionStage<Reply> toMember(
      PacketView packet, long userId, Supplier<Verdict> verdict) {
    return members
        .isMember(packet.groupId(), userId)
        .thenApply(
            answer ->
                switch (answer) {
                  case Done(Boolean member) ->
                      reply(member ? verdict.get() : ClaimRules.NOT_A_MEMBER);
                  case Refused(var refusal) -> Reply.refused(refusal);
                });
  }

  private CompletionStage<Reply> write(PacketView packet, PacketCommand command) {
    return queues.submit(packet, command).thenApply(Claims::reply);
  }

  /// Gives the ticket back where it led to no place, before the answer: who asks next finds it.
  private CompletionStage<Reply> writeWithTicket(PacketView packet, Grab grab) {
    return queues
        .submit(packet, grab)
        .thenCompose(
            verdict ->
                isWithoutPlace(verdict)
                    ? tickets
                        .release(packet.packetId(), grab.userId(), grab.ticketEpoch())
                        .thenApplyAsync(_ -> reply(verdict), queries.threads())
                    : CompletableFuture.completedFuture(reply(verdict)));
  }

  /// Where it is unknown what came of it, the user may have a place, and keeps the ticket to it.
  private static boolean isWithoutPlace(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Answered(ClaimReply reply) ->
          reply.status() != Status.GRABBED && reply.status() != Status.OPENED;
      case Verdict.Refused(Refusal refusal) ->
          refusal.code() != ErrorCode.UNAVAILABLE && refusal.code() != ErrorCode.INTERNAL;
      case Verdict.Carried _ -> false;
    };
  }

  private static Verdict crowded() {
    long retryAfterMs = ThreadLocalRandom.current().nextInt(RETRY_MS_MIN, RETRY_MS_MAX);
    return new Verdict.Refused(
        Refusal.retryAfter(ErrorCode.RATE_LIMITED, "too many want this one", retryAfterMs));
  }

  /// A packet, or that there is none: stages carry no null.
  private record Found(@Nullable PacketView view) {
    boolean isUnknown() {
      return view == null;
    }

    PacketView known() {
      if (view == null) {
        throw new IllegalStateException("no such packet");
      }
      return view;
    }
  }

  private CompletionStage<Found> view(long packetId) {
    return views.get(packetId).thenApply(Found::new);
  }

  private static CompletionStage<Reply> done(Verdict verdict) {
    return CompletableFuture.completedFuture(reply(verdict));
  }

  static Reply reply(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Answered(ClaimReply reply) -> reply.encoded();
      case Verdict.Refused(Refusal refusal) -> Reply.refused(refusal);
      case Verdict.Carried _ -> throw new IllegalStateException("nobody asked for this");
    };
  }

  /// Never fails: an outage is `unavailable`.
  private static CompletionStage<Reply> guarded(String op, Supplier<CompletionStage<Reply>> work) {
    return CompletableFuture.completedFuture(work)
        .thenCompose(Supplier::get)
        .exceptionally(
            failure -> {
              log.warn("failed op={}", op, failure);
              return Queries.unavailable();
            });
  }
}

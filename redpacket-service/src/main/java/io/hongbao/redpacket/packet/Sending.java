package io.hongbao.redpacket.packet;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.GroupLog.Writer;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.redpacket.ledger.Entry;
import io.hongbao.redpacket.ledger.Ledger;
import io.hongbao.redpacket.ledger.Ledger.Booking;
import io.hongbao.redpacket.ledger.Transfer;
import io.hongbao.redpacket.ledger.WalletEvents;
import io.hongbao.redpacket.packet.PacketMapper.KeyRow;
import io.hongbao.redpacket.packet.PacketRequest.Send;
import io.hongbao.redpacket.packet.Publication.Published;
import io.hongbao.redpacket.packet.ShareRule.SplitTime;
import io.hongbao.redpacket.settle.Topic;
import io.hongbao.redpacket.share.Split;
import io.hongbao.redpacket.store.Store;
import io.hongbao.redpacket.store.Tables;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Sends packets: the payment, the packet, its shares and the task to write its entry are one
/// transaction; the entry follows, and whatever dies between, the outbox brings it there.
public final class Sending {

  /// How long the outbox leaves the entry to the request that made the packet.
  private static final Duration HEAD_START = Duration.ofSeconds(2);

  private final Store store;
  private final Ledger ledger;
  private final GroupLog groups;
  private final Publication publication;
  private final WalletEvents events;
  private final LongSupplier ids;
  private final RandomGenerator random;
  private final ShareRule rule;
  private final Duration expiry;

  public Sending(
      Store store,
      Ledger ledger,
      GroupLog groups,
      Publication publication,
      WalletEvents events,
      LongSupplier ids,
      RandomGenerator random,
      ShareRule rule,
      Duration expiry) {
    this.store = store;
    this.ledger = ledger;
    this.groups = groups;
    this.publication = publication;
    this.events = events;
    this.ids = ids;
    this.random = random;
    this.rule = rule;
    this.expiry = expiry;
  }

  record Sent(long packetId, long messageId, long seq) {}

  /// What is there after the payment.
  private sealed interface Paid {
    record Made(long packetId, List<Entry> entries) implements Paid {}

    record Repeated(long packetId) implements Paid {}

    record Rejected(Refusal refusal) implements Paid {}
  }

  /// Blocks until the entry is in the log.
  Reply send(Caller caller, Send asked) {
    Paid earlier = store.transact(tables -> earlier(tables, caller.userId(), asked));
    if (earlier == null) {
      Refusal refusal = refusal(caller, asked);
      if (refusal != null) {
        return Reply.refused(refusal);
      }
    }
    Paid paid = earlier != null ? earlier : pay(caller, asked);
    return switch (paid) {
      case Paid.Rejected(Refusal refusal) -> Reply.refused(refusal);
      case Paid.Repeated(long packetId) -> published(packetId);
      case Paid.Made(long packetId, List<Entry> entries) -> {
        events.booked(entries);
        yield published(packetId);
      }
    };
  }

  private Reply published(long packetId) {
    return switch (publication.publish(packetId)) {
      case Done(Published entry) -> Reply.of(new Sent(packetId, entry.messageId(), entry.seq()));
      case Refused(Refusal refusal) -> Reply.refused(refusal);
    };
  }

  private static @Nullable Paid earlier(Tables tables, long senderId, Send asked) {
    KeyRow known = tables.packets().byKey(senderId, asked.groupId(), asked.key());
    if (known == null) {
      return null;
    }
    return MessageDigest.isEqual(known.requestHash(), asked.hash())
        ? new Paid.Repeated(known.packetId())
        : new Paid.Rejected(
            Refusal.of(ErrorCode.CONFLICT, "clientPacketId was used for another packet before"));
  }

  /// Asked before the payment, so that nobody pays for what the log will refuse; the log itself
  /// decides afterwards.
  private @Nullable Refusal refusal(Caller caller, Send asked) {
    Long recipientId = asked.recipientId();
    Outcome<Writer> writer =
        groups
            .writer(asked.groupId(), caller.userId(), recipientId == null ? 0 : recipientId)
            .toCompletableFuture()
            .join();
    return switch (writer) {
      case Refused(Refusal refusal) -> refusal;
      case Done(Writer known) -> {
        boolean other = recipientId == null || recipientId != caller.userId();
        boolean member = recipientId == null || known.companionIsMember();
        yield other && member
            ? null
            : Refusal.invalid("recipientId", "recipientId must be another member");
      }
    };
  }

  private Paid pay(Caller caller, Send asked) {
    long packetId = ids.getAsLong();
    long messageId = ids.getAsLong();
    ShareRule shareRule = asked.kind() == PacketKind.LUCKY ? rule : rule.equal();
    long[] shares =
        shareRule.split() == SplitTime.PRESET
            ? Split.of(asked.totalFen(), asked.count(), shareRule.draw(), random)
            : new long[0];
    return store.transact(
        tables -> {
          Paid earlier = earlier(tables, caller.userId(), asked);
          return earlier != null
              ? earlier
              : pay(
                  tables,
                  asked,
                  row(packetId, messageId, caller, asked, shareRule, tables.now()),
                  shares);
        });
  }

  private Paid pay(Tables tables, Send asked, PacketRow row, long[] shares) {
    Transfer funding = Transfer.fund(row.packetId(), row.senderId(), row.totalAmount());
    return switch (ledger.book(tables.ledger(), List.of(funding), row.createdAt())) {
      case Booking.Insufficient _ -> {
        // The same request beside this one may have spent it.
        Paid beside = earlier(tables, row.senderId(), asked);
        yield beside != null
            ? beside
            : new Paid.Rejected(
                Refusal.of(ErrorCode.INSUFFICIENT_FUNDS, "there is not enough in your wallet"));
      }
      case Booking.Booked(List<Entry> entries) -> {
        tables.packets().insert(row, asked.key(), asked.hash());
        for (int seq = 0; seq < shares.length; seq++) {
          tables.packets().insertShare(row.packetId(), seq, shares[seq]);
        }
        tables.outbox().put(row.packetId(), Topic.ENTRY, row.createdAt() + HEAD_START.toMillis());
        yield new Paid.Made(row.packetId(), entries);
      }
    };
  }

  private PacketRow row(
      long packetId, long messageId, Caller caller, Send asked, ShareRule shareRule, long now) {
    return new PacketRow(
        packetId,
        caller.userId(),
        asked.groupId(),
        asked.kind(),
        shareRule.split(),
        shareRule.strategy(),
        shareRule.shareFenMax(),
        asked.recipientId(),
        asked.greeting(),
        asked.totalFen(),
        asked.count(),
        0,
        0,
        0,
        0,
        0,
        null,
        0,
        PacketState.PAID,
        0,
        messageId,
        null,
        now,
        now + expiry.toMillis(),
        null,
        null,
        null);
  }
}

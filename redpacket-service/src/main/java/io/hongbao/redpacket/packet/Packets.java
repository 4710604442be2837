package io.hongbao.redpacket.packet;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.GroupLog.Members;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.redpacket.packet.PacketCommand.Expire;
import io.hongbao.redpacket.store.Store;
import io.hongbao.redpacket.ticket.Tickets;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Answers requests about red packets.
public final class Packets {

  private final Queries queries;
  private final PacketViews views;
  private final PacketQueues queues;
  private final Sending sending;
  private final Claims claims;
  private final Details details;
  private final History history;
  private final GroupLog groups;

  public Packets(
      Database database,
      Store store,
      PacketViews views,
      PacketWriter writer,
      Sending sending,
      Tickets tickets,
      Aftermath aftermath,
      GroupLog groups,
      Queries queries,
      MeterRegistry meters) {
    this.queries = queries;
    this.sending = sending;
    this.groups = groups;
    this.views = views;
    this.queues =
        new PacketQueues(store, writer, queries, this::standing, aftermath::committed, meters);
    var members = new GroupMembers(groups, queries.threads());
    this.claims = new Claims(views, queues, tickets, members, queries);
    this.details = new Details(database, queries, groups);
    this.history = new History(database);
  }

  /// Hands the request over at once; the stage never fails.
  public CompletionStage<Reply> handle(Caller caller, PacketRequest request) {
    return switch (request) {
      case PacketRequest.Send send ->
          queries.call("redpacket.send", () -> sending.send(caller, send), Reply::refused);
      case PacketRequest.Grab(long packetId) -> claims.grab(caller, packetId);
      case PacketRequest.Open(long packetId) -> claims.open(caller, packetId);
      case PacketRequest.Get get ->
          queries.call("redpacket.get", () -> details.get(caller, get), Reply::refused);
      case PacketRequest.Records records ->
          queries.reply("redpacket.records", () -> history.records(caller, records));
    };
  }

  /// Lets the packet's writer note that its time is over. Blocks until it has.
  public void expire(long packetId) {
    PacketView view = views.get(packetId).toCompletableFuture().join();
    if (view != null) {
      var _ = queues.submit(view, new Expire()).toCompletableFuture().join();
    }
  }

  private Standing standing(PacketView packet, List<Long> userIds) {
    return switch (groups.membersAmong(packet.groupId(), userIds).toCompletableFuture().join()) {
      case Done(Members members) -> Standing.of(members);
      case Refused(Refusal refusal) -> Standing.unknown(refusal);
    };
  }
}

package io.hongbao.redpacket;

import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import io.hongbao.redpacket.ledger.Wallet;
import io.hongbao.redpacket.ledger.WalletRequest;
import io.hongbao.redpacket.packet.PacketRequest;
import io.hongbao.redpacket.packet.Packets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Parses a request and hands it to the feature that it belongs to.
final class RedPacketExchange implements Exchange {

  private static final Logger log = LoggerFactory.getLogger(RedPacketExchange.class);

  private final Packets packets;
  private final Wallet wallet;

  RedPacketExchange(Packets packets, Wallet wallet) {
    this.packets = packets;
    this.wallet = wallet;
  }

  @Override
  public CompletionStage<Reply> exchange(Request request) {
    return request.trace().with(() -> answer(request));
  }

  private CompletionStage<Reply> answer(Request request) {
    try {
      if (request.caller().isAnonymous()) {
        return refused(ErrorCode.UNAUTHENTICATED, "log in first");
      }
      return handle(request, Fields.of(request.data()));
    } catch (InvalidFieldException e) {
      return CompletableFuture.completedFuture(Reply.refused(e.refusal()));
    } catch (RuntimeException e) {
      log.error("bug op={}", request.op(), e);
      return refused(ErrorCode.INTERNAL, "internal error");
    }
  }

  private CompletionStage<Reply> handle(Request request, Fields fields) {
    PacketRequest packet = PacketRequest.parse(request.op(), fields);
    if (packet != null) {
      return packets.handle(request.caller(), packet);
    }
    WalletRequest asked = WalletRequest.parse(request.op(), fields);
    if (asked != null) {
      return wallet.handle(request.caller(), asked);
    }
    return refused(ErrorCode.UNKNOWN_OP, "no such operation");
  }

  private static CompletionStage<Reply> refused(ErrorCode code, String message) {
    return CompletableFuture.completedFuture(Reply.refused(code, message));
  }
}

package io.hongbao.redpacket.store;

import io.hongbao.redpacket.ledger.LedgerMapper;
import io.hongbao.redpacket.ledger.TopupMapper;
import io.hongbao.redpacket.packet.PacketMapper;
import io.hongbao.redpacket.settle.OutboxMapper;

/// What one transaction can read and write. Writes may be gathered until the next read or the
/// commit.
public interface Tables {

  /// Epoch milliseconds by the database's clock: the same for every process.
  long now();

  LedgerMapper ledger();

  TopupMapper topups();

  PacketMapper packets();

  OutboxMapper outbox();
}

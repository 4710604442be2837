package io.hongbao.redpacket.ledger;

import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.wire.Event;
import io.hongbao.redpacket.ledger.Entry.WalletEntry;
import java.util.List;

/// Tells users what was booked, once it is committed.
public final class WalletEvents {

  private final Push push;

  public WalletEvents(Push push) {
    this.push = push;
  }

  record BalanceChanged(long balanceFen, WalletEntry entry) {}

  public void booked(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry.account().kind() == AccountKind.USER_WALLET) {
        WalletEntry wire = entry.wire();
        byte[] event = new Event("wallet", new BalanceChanged(wire.balanceFen(), wire)).bytes();
        push.publish(new UserSignal(List.of(entry.account().ownerId()), 0, event));
      }
    }
  }
}

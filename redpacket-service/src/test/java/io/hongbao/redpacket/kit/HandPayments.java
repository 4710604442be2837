package io.hongbao.redpacket.kit;

import io.hongbao.redpacket.ledger.PaymentGateway;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A payment gateway that confirms when a test says so; at once unless told otherwise.
public final class HandPayments implements PaymentGateway {

  private final List<Payment> requested = new CopyOnWriteArrayList<>();
  private volatile @Nullable Confirmations confirmations;
  private volatile boolean holds;

  public void hold(boolean hold) {
    holds = hold;
  }

  public List<Payment> requested() {
    return requested;
  }

  public void confirm(Payment payment) {
    Confirmations to = confirmations;
    if (to == null) {
      throw new IllegalStateException("nobody takes confirmations");
    }
    to.paid(payment.paymentId(), payment.amountFen());
  }

  @Override
  public String name() {
    return "hand";
  }

  @Override
  public void confirmTo(Confirmations to) {
    confirmations = to;
  }

  @Override
  public void request(Payment payment) {
    requested.add(payment);
    if (!holds) {
      confirm(payment);
    }
  }
}

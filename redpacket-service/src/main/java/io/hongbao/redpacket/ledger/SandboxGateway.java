package io.hongbao.redpacket.ledger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A payment gateway that takes no money and confirms everything at once: for trying out.
public final class SandboxGateway implements PaymentGateway {

  private static final Logger log = LoggerFactory.getLogger(SandboxGateway.class);

  private volatile @Nullable Confirmations confirmations;

  @Override
  public String name() {
    return "sandbox";
  }

  @Override
  public void confirmTo(Confirmations confirmations) {
    this.confirmations = confirmations;
  }

  @Override
  public void request(Payment payment) {
    Confirmations to = confirmations;
    if (to == null) {
      throw new IllegalStateException("nobody takes confirmations");
    }
    Thread.ofVirtual().name("sandbox-payment").start(() -> confirm(to, payment));
  }

  private static void confirm(Confirmations to, Payment payment) {
    try {
      to.paid(payment.paymentId(), payment.amountFen());
    } catch (RuntimeException e) {
      // It is confirmed when it is asked for again, with the same client key.
      log.warn("payment not booked paymentId={}", payment.paymentId(), e);
    }
  }
}

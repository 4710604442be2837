package io.hongbao.redpacket.ledger;

/// Where users' money comes from. A payment is asked for, and is paid when the gateway confirms it:
/// at once, late, twice or never.
public interface PaymentGateway {

  /// Part of the transfers' keys: ASCII, at most 32 characters, never changed.
  String name();

  /// Asks for a payment; asking again for the same `paymentId` is the same payment. Returns at
  /// once; the confirmation may come before that.
  void request(Payment payment);

  /// Where the gateway's confirmations go from now on.
  void confirmTo(Confirmations confirmations);

  record Payment(long paymentId, long userId, long amountFen) {}

  /// Takes confirmations, on any thread, each any number of times. Blocks until the payment is
  /// durable; throws where it could not be made so: the gateway is to confirm again later.
  @FunctionalInterface
  interface Confirmations {
    void paid(long paymentId, long amountFen);
  }
}

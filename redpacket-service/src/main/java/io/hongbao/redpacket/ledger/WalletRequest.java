package io.hongbao.redpacket.ledger;

import io.hongbao.common.wire.Cursor;
import io.hongbao.common.wire.Fields;
import org.jspecify.annotations.Nullable;

/// What a user asks of their wallet. All may also be refused `invalid_argument` for a malformed
/// field and `unavailable`.
public sealed interface WalletRequest {

  long TOPUP_FEN_MAX = 100_000_000;
  int CLIENT_KEY_CHARACTERS_MAX = 64;

  record GetBalance() implements WalletRequest {}

  /// Refusals: `conflict` (the same key with another amount); `unavailable` while the payment is
  /// not confirmed. A repeat gets the first answer.
  record TopUp(long amountFen, String clientTransferId) implements WalletRequest {}

  /// Entries, newest first.
  ///
  /// @param cursor the number of the last entry shown
  record ListEntries(@Nullable Cursor cursor, int limit) implements WalletRequest {}

  /// The request that `op` is, or null where it is none of these.
  static @Nullable WalletRequest parse(String op, Fields fields) {
    return switch (op) {
      case "wallet.get" -> new GetBalance();
      case "wallet.topup" ->
          new TopUp(
              fields.integer("amountFen", 1, TOPUP_FEN_MAX),
              fields.text("clientTransferId", 1, CLIENT_KEY_CHARACTERS_MAX));
      case "wallet.entries" -> new ListEntries(Cursor.of(fields, 1), fields.limit());
      default -> null;
    };
  }
}

package io.hongbao.redpacket.ledger;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.wire.Cursor;
import io.hongbao.redpacket.ledger.Entry.WalletEntry;
import io.hongbao.redpacket.ledger.WalletMapper.EntryOfWallet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Answers requests about the caller's own wallet.
public final class Wallet {

  private final Database database;
  private final Queries queries;
  private final Topups topups;

  public Wallet(Database database, Queries queries, Topups topups) {
    this.database = database;
    this.queries = queries;
    this.topups = topups;
  }

  record Balance(long balanceFen) {}

  record Entries(List<WalletEntry> entries, @Nullable String nextCursor) {}

  public CompletionStage<Reply> handle(Caller caller, WalletRequest request) {
    return switch (request) {
      case WalletRequest.GetBalance _ ->
          queries.reply("wallet.get", () -> balance(caller.userId()));
      case WalletRequest.TopUp topUp ->
          queries.call("wallet.topup", () -> topups.topUp(caller.userId(), topUp), Reply::refused);
      case WalletRequest.ListEntries list ->
          queries.reply(
              "wallet.entries", () -> entries(caller.userId(), list.cursor(), list.limit()));
    };
  }

  private Reply balance(long userId) {
    return database.transact(
        tx -> {
          Long known = tx.mapper(WalletMapper.class).balance(userId);
          return Reply.of(new Balance(known == null ? 0 : known));
        });
  }

  private Reply entries(long userId, @Nullable Cursor cursor, int limit) {
    long before = cursor == null ? Long.MAX_VALUE : cursor.part(0);
    List<EntryOfWallet> rows =
        database.transact(tx -> tx.mapper(WalletMapper.class).entries(userId, before, limit + 1));
    List<EntryOfWallet> page = rows.subList(0, Math.min(limit, rows.size()));
    String next = rows.size() > limit ? new Cursor(page.getLast().version()).text() : null;
    return Reply.of(new Entries(page.stream().map(EntryOfWallet::wire).toList(), next));
  }
}

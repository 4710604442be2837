package io.hongbao.redpacket.ledger;

import io.hongbao.common.id.Ids;
import io.hongbao.redpacket.ledger.LedgerMapper.AccountRow;
import io.hongbao.redpacket.ledger.LedgerMapper.EntryRow;
import io.hongbao.redpacket.ledger.LedgerMapper.TransferRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Double entry: a transfer debits one account and credits another by the same amount, both in the
/// caller's transaction, once for its key. So all balances together are zero, always.
///
/// Accounts are locked in the order of their ids, after whatever else the caller has locked, and
/// new ones, whose ids are the largest, at the end: two transactions never wait for each other.
public final class Ledger {

  private final LongSupplier ids;

  public Ledger(Ids ids) {
    this(ids::next);
  }

  /// @param ids makes account and transfer ids
  public Ledger(LongSupplier ids) {
    this.ids = ids;
  }

  /// What became of transfers.
  public sealed interface Booking {

    /// @param entries of the accounts that were credited or debited, in the order of the transfers
    ///   (debit before credit); none for a transfer that was booked before
    record Booked(List<Entry> entries) implements Booking {}

    /// Nothing was booked: an account has less than the transfers take from it.
    record Insufficient(Account account) implements Booking {}
  }

  /// Books transfers, all or none of them; where none, nothing at all is written. What was booked
  /// before under the same key is left as it is.
  public Booking book(LedgerMapper ledger, List<Transfer> transfers, long now) {
    List<Transfer> fresh =
        transfers.stream().filter(transfer -> ledger.transfer(transfer.key()) == null).toList();
    Map<Account, Position> positions = lock(ledger, fresh);
    Account lacking = lacking(fresh, positions);
    if (lacking != null) {
      return new Booking.Insufficient(lacking);
    }
    accounts(fresh)
        .forEach(account -> positions.computeIfAbsent(account, it -> open(ledger, it, now)));
    List<TransferRow> rows = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (Transfer transfer : fresh) {
      Position debit = position(positions, transfer.debit());
      Position credit = position(positions, transfer.credit());
      TransferRow row = row(transfer, debit, credit, now);
      rows.add(row);
      entries.add(debit.move(row, transfer.debit(), -transfer.amountFen()));
      entries.add(credit.move(row, transfer.credit(), transfer.amountFen()));
    }
    rows.forEach(ledger::insertTransfer);
    entries.forEach(entry -> ledger.insertEntry(entry.row()));
    positions.values().forEach(position -> ledger.update(position.row()));
    return new Booking.Booked(entries);
  }

  /// The accounts that are there already.
  private static Map<Account, Position> lock(LedgerMapper ledger, List<Transfer> transfers) {
    var known = new TreeMap<Long, Account>();
    for (Account account : accounts(transfers)) {
      Long accountId = ledger.accountId(account.kind(), account.ownerId());
      if (accountId != null) {
        known.put(accountId, account);
      }
    }
    var positions = new LinkedHashMap<Account, Position>();
    known.forEach(
        (accountId, account) -> positions.put(account, new Position(ledger.lock(accountId))));
    return positions;
  }

  private static Set<Account> accounts(List<Transfer> transfers) {
    var accounts = new LinkedHashSet<Account>();
    for (Transfer transfer : transfers) {
      accounts.add(transfer.debit());
      accounts.add(transfer.credit());
    }
    return accounts;
  }

  /// An account that has less than the transfers take from it, or null. One that is not there has
  /// nothing.
  private static @Nullable Account lacking(
      List<Transfer> transfers, Map<Account, Position> positions) {
    var taken = new HashMap<Account, Long>();
    for (Transfer transfer : transfers) {
      Account debit = transfer.debit();
      Position position = positions.get(debit);
      long needed = taken.merge(debit, transfer.amountFen(), Math::addExact);
      if (!debit.mayBeNegative() && (position == null ? 0 : position.balance) < needed) {
        return debit;
      }
    }
    return null;
  }

  private Position open(LedgerMapper ledger, Account account, long now) {
    ledger.open(ids.getAsLong(), account.kind(), account.ownerId(), now);
    Long opened = ledger.accountId(account.kind(), account.ownerId());
    if (opened == null) {
      throw new IllegalStateException("account was not opened " + account);
    }
    return new Position(ledger.lock(opened));
  }

  private TransferRow row(Transfer transfer, Position debit, Position credit, long now) {
    return new TransferRow(
        ids.getAsLong(),
        transfer.key(),
        transfer.code(),
        debit.accountId,
        credit.accountId,
        transfer.amountFen(),
        transfer.packetId(),
        now);
  }

  private static Position position(Map<Account, Position> positions, Account account) {
    Position position = positions.get(account);
    if (position == null) {
      throw new IllegalStateException("not locked " + account);
    }
    return position;
  }

  /// An account whose row is locked, as the transfers go on.
  private static final class Position {
    private final long accountId;
    private long balance;
    private long version;

    Position(AccountRow row) {
      this.accountId = row.accountId();
      this.balance = row.balance();
      this.version = row.version();
    }

    Entry move(TransferRow transfer, Account account, long delta) {
      balance = Math.addExact(balance, delta);
      version++;
      var row = new EntryRow(accountId, version, transfer.transferId(), delta, balance);
      return new Entry(account, row, transfer);
    }

    AccountRow row() {
      return new AccountRow(accountId, balance, version);
    }
  }
}

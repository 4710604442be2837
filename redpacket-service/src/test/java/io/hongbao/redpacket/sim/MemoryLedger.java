package io.hongbao.redpacket.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.redpacket.ledger.Account;
import io.hongbao.redpacket.ledger.AccountKind;
import io.hongbao.redpacket.ledger.LedgerMapper;
import org.jspecify.annotations.Nullable;

/// The ledger's tables in memory, with their keys and checks.
record MemoryLedger(MemoryState state) implements LedgerMapper {

  @Override
  public @Nullable Long accountId(AccountKind kind, long ownerId) {
    return state.accountIds.get(new Account(kind, ownerId));
  }

  @Override
  public void open(long accountId, AccountKind kind, long ownerId, long createdAt) {
    if (state.accountIds.putIfAbsent(new Account(kind, ownerId), accountId) == null) {
      state.accounts.put(accountId, new AccountRow(accountId, 0, 0));
    }
  }

  @Override
  public AccountRow lock(long accountId) {
    AccountRow account = state.accounts.get(accountId);
    if (account == null) {
      throw new AssertionError("no account " + accountId);
    }
    return account;
  }

  @Override
  public void update(AccountRow account) {
    boolean clearing =
        state.accountIds.entrySet().stream()
            .anyMatch(
                it ->
                    it.getValue() == account.accountId()
                        && it.getKey().kind() == AccountKind.PSP_CLEARING);
    assertThat(clearing || account.balance() >= 0).as("account_not_negative").isTrue();
    state.accounts.put(account.accountId(), account);
  }

  @Override
  public @Nullable TransferRow transfer(String key) {
    return state.transfers.get(key);
  }

  @Override
  public void insertTransfer(TransferRow transfer) {
    assertThat(transfer.amount()).as("transfer_positive").isPositive();
    assertThat(transfer.debitAccount()).isNotEqualTo(transfer.creditAccount());
    assertThat(state.transfers.put(transfer.transferKey(), transfer)).as("transfer_key").isNull();
  }

  @Override
  public void insertEntry(EntryRow entry) {
    assertThat(state.entries)
        .as("entry keys")
        .noneMatch(
            it ->
                it.accountId() == entry.accountId()
                    && (it.version() == entry.version() || it.transferId() == entry.transferId()));
    state.entries.add(entry);
  }
}

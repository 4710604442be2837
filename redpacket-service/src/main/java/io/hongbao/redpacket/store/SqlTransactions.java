package io.hongbao.redpacket.store;

import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.SqlFailure;
import io.hongbao.common.sql.Transaction;
import io.hongbao.redpacket.ledger.LedgerMapper;
import io.hongbao.redpacket.ledger.TopupMapper;
import io.hongbao.redpacket.packet.PacketMapper;
import io.hongbao.redpacket.settle.OutboxMapper;
import java.util.function.Function;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;

/// Transactions on MySQL, READ COMMITTED, their writes gathered.
///
/// One that others have come between is run again; so is, once, one whose connection was lost: it
/// then finds what it committed, or commits it now. Nobody guesses.
public final class SqlTransactions implements Transactions {

  static final int ATTEMPTS_MAX = 8;

  private final Database database;

  public SqlTransactions(Database database) {
    this.database = database;
  }

  @Override
  public <T extends @Nullable Object> T transact(Function<Tables, T> work) {
    boolean lost = false;
    for (int attempt = 1; ; attempt++) {
      try {
        return database.transactBatched(tx -> work.apply(new SqlTables(tx)));
      } catch (PersistenceException e) {
        SqlFailure failure = SqlFailure.of(e);
        boolean again =
            switch (failure) {
              case CONTENTION -> attempt < ATTEMPTS_MAX;
              case LOST -> !lost;
              case AWAY, BUG -> false;
            };
        if (!again) {
          throw e;
        }
        lost |= failure == SqlFailure.LOST;
      }
    }
  }

  private record SqlTables(Transaction tx) implements Tables {

    @Override
    public long now() {
      return tx.mapper(ClockMapper.class).now();
    }

    @Override
    public LedgerMapper ledger() {
      return tx.mapper(LedgerMapper.class);
    }

    @Override
    public TopupMapper topups() {
      return tx.mapper(TopupMapper.class);
    }

    @Override
    public PacketMapper packets() {
      return tx.mapper(PacketMapper.class);
    }

    @Override
    public OutboxMapper outbox() {
      return tx.mapper(OutboxMapper.class);
    }
  }
}

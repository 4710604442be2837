package io.hongbao.redpacket.store;

import io.hongbao.common.sql.Queries;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The service's tables for whoever has a thread to wait on: as many transactions at once as there
/// are connections.
public final class Store {

  private final Transactions transactions;
  private final Queries queries;

  public Store(Transactions transactions, Queries queries) {
    this.transactions = transactions;
    this.queries = queries;
  }

  /// One transaction, once there is a connection for it; see [Transactions]. `work` waits for no
  /// other.
  public <T extends @Nullable Object> T transact(Function<Tables, T> work) {
    return queries.turn(() -> transactions.transact(work));
  }

  /// One transaction that answers nothing.
  public void change(Consumer<Tables> work) {
    var _ =
        transact(
            tables -> {
              work.accept(tables);
              return true;
            });
  }
}

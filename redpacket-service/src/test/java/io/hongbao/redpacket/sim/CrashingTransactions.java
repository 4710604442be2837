package io.hongbao.redpacket.sim;

import io.hongbao.redpacket.store.Tables;
import io.hongbao.redpacket.store.Transactions;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Transactions in which the process dies now and then: before the commit, after it, or with the
/// answer lost so that the work runs twice.
public final class CrashingTransactions implements Transactions {

  private final Transactions to;
  private final RandomGenerator random;
  private boolean calm;
  private int crashes;

  public CrashingTransactions(Transactions to, RandomGenerator random) {
    this.to = to;
    this.random = random;
  }

  /// From now on nothing dies.
  public void calmDown() {
    calm = true;
  }

  /// The same where nothing dies: for who looks on.
  public Transactions inner() {
    return to;
  }

  public int crashes() {
    return crashes;
  }

  @Override
  public <T extends @Nullable Object> T transact(Function<Tables, T> work) {
    int fate = calm ? 100 : random.nextInt(100);
    if (fate < 5) {
      crashes++;
      to.transact(
          tables -> {
            var _ = work.apply(tables);
            throw new Crash();
          });
    }
    if (fate < 10) {
      crashes++;
      var _ = to.transact(work);
      throw new Crash();
    }
    if (fate < 15) {
      var _ = to.transact(work);
    }
    return to.transact(work);
  }
}

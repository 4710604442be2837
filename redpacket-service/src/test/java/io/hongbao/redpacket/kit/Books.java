package io.hongbao.redpacket.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.sql.Database;
import io.hongbao.redpacket.reconcile.Reconciliation;

/// Every rule that money must obey, to be checked after every scenario.
public final class Books {

  private Books() {}

  public static void assertRight(Database database) {
    var reconciliation = new Reconciliation(database);
    assertThat(reconciliation.check(Reconciliation.EVERYTHING)).isEmpty();
    assertThat(reconciliation.driftFen()).isZero();
  }

  public static void assertRight(TestPackets packets) {
    assertRight(packets.database());
  }
}

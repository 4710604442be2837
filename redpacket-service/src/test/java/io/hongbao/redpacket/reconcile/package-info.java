/// Tests of reconciliation.
@NullMarked
package io.hongbao.redpacket.reconcile;

import org.jspecify.annotations.NullMarked;

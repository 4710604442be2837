/// Tests of the ledger.
@NullMarked
package io.hongbao.redpacket.ledger;

import org.jspecify.annotations.NullMarked;

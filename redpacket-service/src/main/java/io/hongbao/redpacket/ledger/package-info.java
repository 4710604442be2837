/// The ledger in double entry, and the wallet that users see of it.
@NullMarked
package io.hongbao.redpacket.ledger;

import org.jspecify.annotations.NullMarked;

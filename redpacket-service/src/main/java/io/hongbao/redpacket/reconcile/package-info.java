/// Whether every fen is where it should be.
@NullMarked
package io.hongbao.redpacket.reconcile;

import org.jspecify.annotations.NullMarked;

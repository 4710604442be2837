/// How a packet is cut into shares: pure arithmetic on whole fen.
@NullMarked
package io.hongbao.redpacket.share;

import org.jspecify.annotations.NullMarked;

/// Packets: sending, grabbing, opening, expiring, and what people read of them.
@NullMarked
package io.hongbao.redpacket.packet;

import org.jspecify.annotations.NullMarked;

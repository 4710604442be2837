/// Tests of packets.
@NullMarked
package io.hongbao.redpacket.packet;

import org.jspecify.annotations.NullMarked;

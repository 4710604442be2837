/// Tests of the tickets.
@NullMarked
package io.hongbao.redpacket.ticket;

import org.jspecify.annotations.NullMarked;

/// Tickets in Redis: how many may ask for a place at once.
@NullMarked
package io.hongbao.redpacket.ticket;

import org.jspecify.annotations.NullMarked;

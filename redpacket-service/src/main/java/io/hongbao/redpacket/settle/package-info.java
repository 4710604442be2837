/// What follows on a packet's changes: entries in the log, bookings, refunds; by an outbox.
@NullMarked
package io.hongbao.redpacket.settle;

import org.jspecify.annotations.NullMarked;

/// From a delivery to the sockets of those it is for: one shared buffer, one write for each
/// connection and turn of its event loop.
@NullMarked
package io.hongbao.gateway.fanout;

import org.jspecify.annotations.NullMarked;

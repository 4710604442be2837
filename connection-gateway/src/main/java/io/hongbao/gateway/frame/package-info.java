/// What goes out on a WebSocket, as bytes: made here once, written as they are.
@NullMarked
package io.hongbao.gateway.frame;

import org.jspecify.annotations.NullMarked;

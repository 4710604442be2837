/// The protocol as a client sees it: a real server, a real WebSocket.
@NullMarked
package io.hongbao.standalone.wire;

import org.jspecify.annotations.NullMarked;

/// HTTP on the client port and on the management port, and the way from HTTP to a WebSocket.
@NullMarked
package io.hongbao.gateway.http;

import org.jspecify.annotations.NullMarked;

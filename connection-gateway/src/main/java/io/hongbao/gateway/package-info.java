/// The connection gateway: Netty, HTTP and WebSocket. It holds connections, not rules.
@NullMarked
package io.hongbao.gateway;

import org.jspecify.annotations.NullMarked;

/// The crowd before a red packet.
@NullMarked
package io.hongbao.gateway.crowd;

import org.jspecify.annotations.NullMarked;

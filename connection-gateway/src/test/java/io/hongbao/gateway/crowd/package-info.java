/// Tests of the gate before red packets.
@NullMarked
package io.hongbao.gateway.crowd;

import org.jspecify.annotations.NullMarked;

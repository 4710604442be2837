/// Tests of what red packets need of groups.
@NullMarked
package io.hongbao.message.packet;

import org.jspecify.annotations.NullMarked;

/// Tests of what follows.
@NullMarked
package io.hongbao.redpacket.store;

import org.jspecify.annotations.NullMarked;

/// Tests of what follows.
@NullMarked
package io.hongbao.redpacket.settle;

import org.jspecify.annotations.NullMarked;

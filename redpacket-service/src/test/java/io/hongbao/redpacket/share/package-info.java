/// Tests of the shares.
@NullMarked
package io.hongbao.redpacket.share;

import org.jspecify.annotations.NullMarked;

/// Tests of the red-packet service.
@NullMarked
package io.hongbao.redpacket;

import org.jspecify.annotations.NullMarked;

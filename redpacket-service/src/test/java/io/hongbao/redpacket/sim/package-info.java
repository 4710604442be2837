/// Thousands of histories.
@NullMarked
package io.hongbao.redpacket.sim;

import org.jspecify.annotations.NullMarked;

/// What the tests share.
@NullMarked
package io.hongbao.redpacket.kit;

import org.jspecify.annotations.NullMarked;

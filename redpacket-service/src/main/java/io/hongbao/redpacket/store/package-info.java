/// The service's tables as its writers see them.
@NullMarked
package io.hongbao.redpacket.store;

import org.jspecify.annotations.NullMarked;

/// JSON as it stands on the wire.
@NullMarked
package io.hongbao.common.wire;

import org.jspecify.annotations.NullMarked;

/// Small indexes that several parts of the system keep.
@NullMarked
package io.hongbao.common.index;

import org.jspecify.annotations.NullMarked;

/// Snowflake ids, and the node numbers that keep those of different processes apart.
@NullMarked
package io.hongbao.common.id;

import org.jspecify.annotations.NullMarked;

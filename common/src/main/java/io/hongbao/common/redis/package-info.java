/// The small access layer over Redis.
@NullMarked
package io.hongbao.common.redis;

import org.jspecify.annotations.NullMarked;

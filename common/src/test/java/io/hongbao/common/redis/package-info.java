@NullMarked
package io.hongbao.common.redis;

import org.jspecify.annotations.NullMarked;

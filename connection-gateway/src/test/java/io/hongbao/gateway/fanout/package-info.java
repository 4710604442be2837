@NullMarked
package io.hongbao.gateway.fanout;

import org.jspecify.annotations.NullMarked;

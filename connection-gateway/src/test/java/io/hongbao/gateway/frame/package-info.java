@NullMarked
package io.hongbao.gateway.frame;

import org.jspecify.annotations.NullMarked;

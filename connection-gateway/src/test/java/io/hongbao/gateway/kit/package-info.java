@NullMarked
package io.hongbao.gateway.kit;

import org.jspecify.annotations.NullMarked;

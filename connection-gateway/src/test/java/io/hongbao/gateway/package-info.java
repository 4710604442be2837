@NullMarked
package io.hongbao.gateway;

import org.jspecify.annotations.NullMarked;

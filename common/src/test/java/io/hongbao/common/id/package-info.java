@NullMarked
package io.hongbao.common.id;

import org.jspecify.annotations.NullMarked;

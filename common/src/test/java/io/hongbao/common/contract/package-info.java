@NullMarked
package io.hongbao.common.contract;

import org.jspecify.annotations.NullMarked;

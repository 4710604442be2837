@NullMarked
package io.hongbao.common.remote;

import org.jspecify.annotations.NullMarked;

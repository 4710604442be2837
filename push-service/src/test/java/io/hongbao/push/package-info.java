@NullMarked
package io.hongbao.push;

import org.jspecify.annotations.NullMarked;

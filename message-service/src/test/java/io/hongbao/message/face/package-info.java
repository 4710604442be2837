@NullMarked
package io.hongbao.message.face;

import org.jspecify.annotations.NullMarked;

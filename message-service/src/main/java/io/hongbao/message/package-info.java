/// The message service.
@NullMarked
package io.hongbao.message;

import org.jspecify.annotations.NullMarked;

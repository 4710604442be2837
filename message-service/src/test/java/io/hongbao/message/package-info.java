/// Tests of the message service.
@NullMarked
package io.hongbao.message;

import org.jspecify.annotations.NullMarked;

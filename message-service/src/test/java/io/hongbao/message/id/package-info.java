@NullMarked
package io.hongbao.message.id;

import org.jspecify.annotations.NullMarked;

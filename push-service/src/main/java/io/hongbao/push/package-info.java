/// Who is where, and what goes there.
@NullMarked
package io.hongbao.push;

import org.jspecify.annotations.NullMarked;

/// Ids that are not made twice over restarts.
@NullMarked
package io.hongbao.message.id;

import org.jspecify.annotations.NullMarked;

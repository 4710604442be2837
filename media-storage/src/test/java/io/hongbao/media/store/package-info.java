/// Uploads, tested.
@NullMarked
package io.hongbao.media.store;

import org.jspecify.annotations.NullMarked;

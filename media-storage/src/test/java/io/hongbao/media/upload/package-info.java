/// Uploads, tested.
@NullMarked
package io.hongbao.media.upload;

import org.jspecify.annotations.NullMarked;

/// The media storage.
@NullMarked
package io.hongbao.media;

import org.jspecify.annotations.NullMarked;

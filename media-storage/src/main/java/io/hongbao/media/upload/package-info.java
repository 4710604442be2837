/// A medium's life: announced, uploaded, checked, given out.
@NullMarked
package io.hongbao.media.upload;

import org.jspecify.annotations.NullMarked;

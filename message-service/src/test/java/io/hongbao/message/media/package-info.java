/// Media in group logs, tested.
@NullMarked
package io.hongbao.message.media;

import org.jspecify.annotations.NullMarked;

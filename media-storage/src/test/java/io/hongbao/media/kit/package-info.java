/// What the tests of media are made of.
@NullMarked
package io.hongbao.media.kit;

import org.jspecify.annotations.NullMarked;

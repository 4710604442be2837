/// `./hongbao doctor`: looks at an installation from outside, as its settings describe it.
@NullMarked
package io.hongbao.standalone.doctor;

import org.jspecify.annotations.NullMarked;

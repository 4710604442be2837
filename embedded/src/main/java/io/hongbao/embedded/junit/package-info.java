/// The embedded servers as a JUnit extension.
@NullMarked
package io.hongbao.embedded.junit;

import org.jspecify.annotations.NullMarked;

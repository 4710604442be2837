/// Everything in one JVM: the program behind `./hongbao`.
@NullMarked
package io.hongbao.standalone;

import org.jspecify.annotations.NullMarked;

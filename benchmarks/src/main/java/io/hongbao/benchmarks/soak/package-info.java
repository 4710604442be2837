/// Whether a server that works for long stays as it was after a while.
@NullMarked
package io.hongbao.benchmarks.soak;

import org.jspecify.annotations.NullMarked;

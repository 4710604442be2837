/// How fast the server is, as ratios to what the machine can do at all, taken in one run.
@NullMarked
package io.hongbao.benchmarks;

import org.jspecify.annotations.NullMarked;

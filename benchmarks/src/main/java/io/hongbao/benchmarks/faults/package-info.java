/// What survives when parts are killed, cut off or slow: people chat on, and every acknowledged
/// message is counted afterwards.
@NullMarked
package io.hongbao.benchmarks.faults;

import org.jspecify.annotations.NullMarked;

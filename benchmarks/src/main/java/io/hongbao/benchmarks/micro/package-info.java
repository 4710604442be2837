/// What is small and hot, call by call.
@NullMarked
package io.hongbao.benchmarks.micro;

import org.jspecify.annotations.NullMarked;

/// Where the services meet: interfaces that are a direct call in one JVM and a stream in a cluster.
@NullMarked
package io.hongbao.common.contract;

import org.jspecify.annotations.NullMarked;

/// The contracts between processes, over gRPC. Nobody above a contract can tell.
@NullMarked
package io.hongbao.common.remote;

import org.jspecify.annotations.NullMarked;

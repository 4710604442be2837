/// Why a request is refused and why a connection is closed: the closed lists of the protocol.
@NullMarked
package io.hongbao.common.error;

import org.jspecify.annotations.NullMarked;

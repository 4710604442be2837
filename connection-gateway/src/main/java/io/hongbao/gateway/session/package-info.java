/// One client's connection: its envelope, its opening, its limits and its end.
@NullMarked
package io.hongbao.gateway.session;

import org.jspecify.annotations.NullMarked;

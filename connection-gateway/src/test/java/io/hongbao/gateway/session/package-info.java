@NullMarked
package io.hongbao.gateway.session;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.hongbao.gateway.http;

import org.jspecify.annotations.NullMarked;

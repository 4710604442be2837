/// Every setting once: name, default, meaning.
@NullMarked
package io.hongbao.common.config;

import org.jspecify.annotations.NullMarked;

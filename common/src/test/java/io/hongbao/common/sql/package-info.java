@NullMarked
package io.hongbao.common.sql;

import org.jspecify.annotations.NullMarked;

/// The small access layer over MySQL.
@NullMarked
package io.hongbao.common.sql;

import org.jspecify.annotations.NullMarked;

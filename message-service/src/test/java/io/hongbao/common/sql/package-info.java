/// What of `common` needs a real database to be tested.
@NullMarked
package io.hongbao.common.sql;

import org.jspecify.annotations.NullMarked;

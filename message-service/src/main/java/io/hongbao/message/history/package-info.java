/// Reading the log: history and search.
@NullMarked
package io.hongbao.message.history;

import org.jspecify.annotations.NullMarked;

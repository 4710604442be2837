/// The group log: its one writer, its entries, its events.
@NullMarked
package io.hongbao.message.log;

import org.jspecify.annotations.NullMarked;

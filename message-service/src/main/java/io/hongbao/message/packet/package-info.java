/// What red packets need of groups and their logs.
@NullMarked
package io.hongbao.message.packet;

import org.jspecify.annotations.NullMarked;

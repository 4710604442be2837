@NullMarked
package io.hongbao.push.hook;

import org.jspecify.annotations.NullMarked;

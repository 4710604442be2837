/// Tells an HTTP receiver of what members who are connected nowhere have missed.
@NullMarked
package io.hongbao.push.hook;

import org.jspecify.annotations.NullMarked;

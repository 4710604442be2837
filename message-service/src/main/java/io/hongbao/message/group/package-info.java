/// Groups and their members: who is in, who may what.
@NullMarked
package io.hongbao.message.group;

import org.jspecify.annotations.NullMarked;
